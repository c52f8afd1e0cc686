import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { storefront } from "./page.ts";

const POLL_MS = 250;
const POLLS = 40;

const wordOf = ({ marketing, saleOfData }: ConsentSignal): string => `${marketing},${saleOfData}`;

// Global Privacy Control (globalprivacycontrol.github.io/gpc-spec): Shopify honors it in some regions only. It can only
// restrict what Shopify allows.
const asksForPrivacy = (): boolean => (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;

function signalNow(): ConsentSignal | null {
  const privacy = storefront.Shopify?.customerPrivacy;
  if (!privacy?.marketingAllowed) return null;
  const saleOfData = privacy.saleOfDataAllowed?.() === true && !asksForPrivacy();
  return { marketing: privacy.marketingAllowed(), saleOfData, at: Date.now() };
}

/**
 * Calls `onSignal` as soon as Shopify's Customer Privacy API has the visitor's consent, whenever the visitor answers, and
 * when the page returns from the back/forward cache. The API loads late, or only on request; if it never loads, `onSignal`
 * is never called and nothing is sent. `isFirstAnswer`: the visitor has just answered, and what they had answered before
 * was not known. The returned function rereads the consent, which may have changed in another tab, and calls `onSignal` on
 * a change.
 */
export function watchConsent(onSignal: (signal: ConsentSignal, isFirstAnswer: boolean) => void): () => void {
  let last = "";
  const reportSignal = (cause: Event | boolean = true): boolean => {
    const signal = signalNow();
    if (!signal) return false;
    if (cause || wordOf(signal) !== last) onSignal(signal, !last && typeof cause === "object");
    last = wordOf(signal);
    return true;
  };

  document.addEventListener("visitorConsentCollected", reportSignal);
  // In a separate task: Meta's script listens too, and must see revoked consent at that moment (meta-pixel).
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
