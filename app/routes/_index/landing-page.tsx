import { PublicPage } from "../../components/public-page.tsx";
import { useWords } from "../../components/words-context.ts";

/** The app's root URL, opened without a shop. */
export function LandingPage() {
  const words = useWords();
  return (
    <PublicPage title={words.text("frame.app")}>
      <s-paragraph>{words.text("publicPages.twice")}</s-paragraph>
      <s-paragraph>{words.text("publicPages.shows")}</s-paragraph>
      <div>
        <s-button href="/auth/login" variant="primary">
          {words.text("publicPages.open")}
        </s-button>
      </div>
    </PublicPage>
  );
}
