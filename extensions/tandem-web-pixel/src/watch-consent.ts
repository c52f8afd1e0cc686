import type { ConsentSignal } from "../../../app/event-contract/consent-signal.ts";
import type { PixelApi } from "./sandbox.ts";

/**
 * Returns a function that gives the visitor's current consent; calls `onGranted` once per grant. A flag that Shopify
 * does not report counts as declined.
 */
export function watchConsent(api: PixelApi, now: () => number, onGranted: () => void): () => ConsentSignal {
  let signal: ConsentSignal;
  const take = (privacy: PixelApi["init"]["customerPrivacy"]): ConsentSignal => {
    signal = {
      marketing: privacy?.marketingAllowed === true,
      saleOfData: privacy?.saleOfDataAllowed === true,
      at: now(),
    };
    if (signal.marketing) onGranted();
    return signal;
  };
  signal = take(api.init.customerPrivacy);
  api.customerPrivacy.subscribe("visitorConsentCollected", (event) => take(event.customerPrivacy));
  return () => signal;
}
