import { PublicPage } from "../../components/public-page.tsx";
import { useWords } from "../../components/words-context.ts";

// A domain is the same in every language.
const EXAMPLE = "example.myshopify.com";

/** For people who open the app outside the Shopify admin: takes the shop, and Shopify continues. */
export function LoginPage({ invalid }: { readonly invalid: boolean }) {
  const words = useWords();
  return (
    <PublicPage title={words.text("publicPages.sign-in")}>
      <s-paragraph>{words.text("publicPages.sign-in.text")}</s-paragraph>
      <form method="post">
        <s-stack gap="small">
          <s-text-field
            label={words.text("publicPages.sign-in.domain")}
            name="shop"
            placeholder={EXAMPLE}
            autocomplete="on"
            {...(invalid && { error: words.text("publicPages.sign-in.invalid") })}
          />
          <div>
            <s-button type="submit" variant="primary">
              {words.text("publicPages.sign-in.continue")}
            </s-button>
          </div>
        </s-stack>
      </form>
    </PublicPage>
  );
}
