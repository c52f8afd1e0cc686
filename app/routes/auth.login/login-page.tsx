import { PublicPage } from "../../components/public-page.tsx";

const INVALID = "Enter the myshopify.com domain: example.myshopify.com. It is under Settings, Domains.";

/** For people who open the app outside the Shopify admin: takes the shop, and Shopify continues. */
export function LoginPage({ invalid }: { readonly invalid: boolean }) {
  return (
    <PublicPage title="Open Tandem">
      <s-paragraph>Tandem runs in the Shopify admin, under Apps. Enter your shop to go there.</s-paragraph>
      <form method="post">
        <s-stack gap="small">
          <s-text-field
            label="Shop domain"
            name="shop"
            placeholder="example.myshopify.com"
            autocomplete="on"
            {...(invalid && { error: INVALID })}
          />
          <div>
            <s-button type="submit" variant="primary">
              Continue to Shopify
            </s-button>
          </div>
        </s-stack>
      </form>
    </PublicPage>
  );
}
