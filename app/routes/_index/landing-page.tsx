import { Button, InlineStack, Text } from "@shopify/polaris";
import { PublicPage } from "../../components/public-page.tsx";

/** The root address without a shop. */
export function LandingPage() {
  return (
    <PublicPage title="Tandem">
      <Text as="p">
        Tandem measures what shoppers do in a Shopify store for Meta: once in the browser (Meta Pixel) and once from the
        server (Conversions API), under one id, so that Meta counts one.
      </Text>
      <Text as="p">
        It shows event by event whether both arrived and agree, and why an event was not sent. It does not rate ads.
      </Text>
      <InlineStack align="start">
        <Button url="/auth/login" variant="primary">
          Open it in your shop
        </Button>
      </InlineStack>
    </PublicPage>
  );
}
