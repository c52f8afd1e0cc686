import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { PublicPage } from "../../components/public-page.tsx";

/** For people who open the app outside the Shopify admin: takes the shop, and Shopify continues. */
export function LoginPage({ invalid }: { readonly invalid: boolean }) {
  const [shop, setShop] = useState("");
  return (
    <PublicPage title="Open Tandem">
      <Text as="p">Tandem runs in the Shopify admin, under Apps. Enter your shop to go there.</Text>
      <form method="post">
        <BlockStack gap="300">
          <TextField
            label="Shop domain"
            name="shop"
            value={shop}
            onChange={setShop}
            placeholder="example.myshopify.com"
            error={invalid && "Enter the myshopify.com domain: example.myshopify.com. It is under Settings, Domains."}
            autoComplete="on"
          />
          <InlineStack align="end">
            <Button submit variant="primary">
              Continue to Shopify
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </PublicPage>
  );
}
