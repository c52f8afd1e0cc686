import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { storefront } from "./page.ts";

const POLL_MS = 250;
const POLLS = 40;

// Global Privacy Control (globalprivacycontrol.github.io/gpc-spec): Shopify counts it in some regions only. It can only
// take away what Shopify allows.
const asksForPrivacy = (): boolean => (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;

/**
 * Tells what the visitor allows as soon as Shopify's Customer Privacy API knows it, again whenever the visitor answers,
 * and when the page comes back from the browser's cache, since the answer may have been given in another tab. The API
 * comes late, or only when asked for; where it never comes, nothing is told and nothing is sent.
 */
export function watchConsent(tell: (signal: ConsentSignal) => void): void {
  const told = (): boolean => {
    const privacy = storefront.Shopify?.customerPrivacy;
    if (!privacy?.marketingAllowed) return false;
    const saleOfData = privacy.saleOfDataAllowed?.() === true && !asksForPrivacy();
    tell({ marketing: privacy.marketingAllowed(), saleOfData, at: Date.now() });
    return true;
  };

  document.addEventListener("visitorConsentCollected", told);
  addEventListener("pageshow", (event) => event.persisted && told());

  const ask = (pollsLeft: number): void => {
    if (told()) return;
    if (storefront.Shopify?.loadFeatures) {
      storefront.Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], (problem) => {
        if (!problem) told();
      });
    } else if (pollsLeft > 0) {
      setTimeout(() => ask(pollsLeft - 1), POLL_MS);
    }
  };
  ask(POLLS);
}
