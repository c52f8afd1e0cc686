import type { EventId } from "../event-contract/event-id.ts";
import { type EventName, isCustomEvent } from "../event-contract/event-name.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { type Fbq, storefront } from "./page.ts";

const SOURCE = "https://connect.facebook.net/en_US/fbevents.js";

/** The page's `fbq`: another integration's where there is one, otherwise our own queue and Meta's script after it. */
function fbqOfPage(): Fbq {
  if (storefront.fbq) return storefront.fbq;
  const fbq: Fbq = (...command) => {
    if (fbq.callMethod) fbq.callMethod(...command);
    else fbq.queue.push(command);
  };
  fbq.queue = [];
  fbq.push = fbq;
  fbq.loaded = true;
  fbq.version = "2.0";
  // Otherwise fbevents.js reports every change of the address as a PageView without our event id, which nothing pairs.
  fbq.disablePushState = true;
  storefront.fbq = fbq;
  storefront._fbq ??= fbq;

  const script = document.createElement("script");
  script.async = true;
  script.src = SOURCE;
  document.head.append(script);
  return fbq;
}

export type MetaPixel = {
  readonly track: (name: EventName, data: CustomData, id: EventId) => void;
  readonly setConsent: (granted: boolean) => void;
};

/**
 * Loads the Meta Pixel for these pixel ids; only to be called with consent to marketing. `limited` asks for limited data
 * use, which must stand before the first `init`; Meta finds the visitor's state by itself (country and state 0).
 */
export function loadMetaPixel(pixelIds: readonly string[], limited: boolean): MetaPixel {
  const fbq = fbqOfPage();
  if (limited) fbq("dataProcessingOptions", ["LDU"], 0, 0);
  for (const id of pixelIds) {
    // Automatic events read buttons and forms, and have no server leg.
    fbq("set", "autoConfig", false, id);
    fbq("init", id);
  }
  return {
    track: (name, data, id) => {
      const command = isCustomEvent(name) ? "trackSingleCustom" : "trackSingle";
      for (const pixelId of pixelIds) fbq(command, pixelId, name, data, { eventID: id });
    },
    setConsent: (granted) => fbq("consent", granted ? "grant" : "revoke"),
  };
}
