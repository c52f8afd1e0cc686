import { PublicPage } from "../../components/public-page.tsx";

/** The app's root URL, opened without a shop. */
export function LandingPage() {
  return (
    <PublicPage title="Tandem">
      <s-paragraph>
        Tandem sends what shoppers do in a Shopify store to Meta twice: from the browser (Meta Pixel) and from the
        server (Conversions API), with the same event ID, so Meta counts one event.
      </s-paragraph>
      <s-paragraph>
        It shows for each event whether both arrived and agree, or why it was not sent. It does not rate ads.
      </s-paragraph>
      <div>
        <s-button href="/auth/login" variant="primary">
          Open Tandem in your shop
        </s-button>
      </div>
    </PublicPage>
  );
}
