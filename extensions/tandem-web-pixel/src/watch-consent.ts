import type { ConsentSignal } from "../../../app/event-contract/consent-signal.ts";
import type { PixelApi } from "./sandbox.ts";

/**
 * Returns a function that gives the visitor's current consent; calls `onGranted` once per grant. A flag that Shopify
 * does not report counts as declined.
 */
export function watchConsent(api: PixelApi, now: () => number, onGranted: () => void): () => ConsentSignal {
  const signalOf = (privacy: PixelApi["init"]["customerPrivacy"]): ConsentSignal => ({
    marketing: privacy?.marketingAllowed === true,
    saleOfData: privacy?.saleOfDataAllowed === true,
    at: now(),
  });
  let signal = signalOf(api.init.customerPrivacy);
  if (signal.marketing) onGranted();
  api.customerPrivacy.subscribe("visitorConsentCollected", (event) => {
    signal = signalOf(event.customerPrivacy);
    if (signal.marketing) onGranted();
  });
  return () => signal;
}
