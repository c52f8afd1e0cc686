import { useNavigate } from "@remix-run/react";
import { type ReactNode, useContext, useEffect } from "react";
import { leaveConfirmed } from "../../components/app-bridge.ts";
import { Nonce } from "../../components/nonce.ts";
import { useWords } from "../../components/words-context.ts";
import { APP_BRIDGE_SCRIPT, POLARIS_SCRIPT } from "../../components/shopify-scripts.ts";
import { KEEP_EARLY_LINK, takeEarlyLink } from "./early-link.ts";
import { SlowPage } from "./slow-page.tsx";

/** App Bridge, Polaris and the admin's navigation around every page of the app. */
export function EmbeddedFrame({ apiKey, children }: { readonly apiKey: string; readonly children: ReactNode }) {
  useShopifyLinks();
  const words = useWords();
  const nonce = useContext(Nonce) ?? "";
  return (
    <>
      <script nonce={nonce}>{KEEP_EARLY_LINK}</script>
      <script src={APP_BRIDGE_SCRIPT} data-api-key={apiKey} />
      <script src={POLARIS_SCRIPT} />
      <s-app-nav>
        <s-link href="/app" rel="home">
          {words.text("frame.page.home")}
        </s-link>
        <s-link href="/app/settings">{words.text("frame.page.settings")}</s-link>
        <s-link href="/app/events">{words.text("frame.page.events")}</s-link>
        <s-link href="/app/leads">{words.text("frame.page.leads")}</s-link>
        <s-link href="/app/test">{words.text("frame.page.test")}</s-link>
        <s-link href="/app/dry-run">{words.text("frame.page.dry-run")}</s-link>
        <s-link href="/app/data-requests">{words.text("frame.page.data-requests")}</s-link>
        <s-link href="/app/access">{words.text("frame.page.access")}</s-link>
        <s-link href="/app/help">{words.text("frame.page.help")}</s-link>
      </s-app-nav>
      <main>
        <SlowPage>{children}</SlowPage>
      </main>
    </>
  );
}

/**
 * App Bridge reports every press of a link to a page of the app, of the admin's navigation and of Polaris' elements, as
 * this event, for the router to follow: a full page load in the admin's frame would lose the session. A link that was
 * pressed before this page's scripts ran is followed now.
 */
function useShopifyLinks(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const go = (href: string | null): void => {
      if (href !== null) void leaveConfirmed().then(() => navigate(href));
    };
    const follow = ({ target }: Event): void => {
      takeEarlyLink();
      go(target instanceof Element ? target.getAttribute("href") : null);
    };
    go(takeEarlyLink());
    document.addEventListener("shopify:navigate", follow);
    return () => document.removeEventListener("shopify:navigate", follow);
  }, [navigate]);
}
