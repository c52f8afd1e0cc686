import { Button, InlineStack, Text } from "@shopify/polaris";
import { PublicPage } from "../../components/public-page.tsx";

/** The app's root URL, opened without a shop. */
export function LandingPage() {
  return (
    <PublicPage title="Tandem">
      <Text as="p">
        Tandem sends what shoppers do in a Shopify store to Meta twice: from the browser (Meta Pixel) and from the
        server (Conversions API), with the same event ID, so Meta counts one event.
      </Text>
      <Text as="p">
        It shows for each event whether both arrived and agree, or why it was not sent. It does not rate ads.
      </Text>
      <InlineStack align="start">
        <Button url="/auth/login" variant="primary">
          Open Tandem in your shop
        </Button>
      </InlineStack>
    </PublicPage>
  );
}
