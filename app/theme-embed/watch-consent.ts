import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { storefront } from "./page.ts";

const POLL_MS = 250;
const POLLS = 40;

const wordOf = ({ marketing, saleOfData }: ConsentSignal): string => `${marketing},${saleOfData}`;

// Global Privacy Control (globalprivacycontrol.github.io/gpc-spec): Shopify counts it in some regions only. It can only
// take away what Shopify allows.
const asksForPrivacy = (): boolean => (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;

function signalNow(): ConsentSignal | null {
  const privacy = storefront.Shopify?.customerPrivacy;
  if (!privacy?.marketingAllowed) return null;
  const saleOfData = privacy.saleOfDataAllowed?.() === true && !asksForPrivacy();
  return { marketing: privacy.marketingAllowed(), saleOfData, at: Date.now() };
}

/**
 * Tells what the visitor allows as soon as Shopify's Customer Privacy API knows it, again whenever the visitor answers,
 * and when the page comes back from the browser's cache. The API comes late, or only when asked for; where it never
 * comes, nothing is told and nothing is sent. The result looks again, since an answer may be given in another tab, and
 * tells what has changed.
 */
export function watchConsent(tell: (signal: ConsentSignal) => void): () => void {
  let last = "";
  const reportSignal = (isNews = true): boolean => {
    const signal = signalNow();
    if (!signal) return false;
    if (isNews || wordOf(signal) !== last) tell(signal);
    last = wordOf(signal);
    return true;
  };

  document.addEventListener("visitorConsentCollected", () => reportSignal());
  // In a task of its own: Meta's script listens too, and must still be revoked then (meta-pixel).
  addEventListener("pageshow", (event) => event.persisted && setTimeout(reportSignal));

  const ask = (pollsLeft: number): void => {
    if (reportSignal()) return;
    if (storefront.Shopify?.loadFeatures) {
      storefront.Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], (problem) => {
        if (!problem) reportSignal();
      });
    } else if (pollsLeft > 0) {
      setTimeout(() => ask(pollsLeft - 1), POLL_MS);
    }
  };
  ask(POLLS);
  return () => void reportSignal(false);
}
