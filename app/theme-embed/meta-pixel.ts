import type { EventId } from "../event-contract/event-id.ts";
import type { PublishedEvent } from "../event-contract/published-settings.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { HashedPerson } from "../event-contract/wire.ts";
import { type Fbq, storefront } from "./page.ts";

const SOURCE = "https://connect.facebook.net/en_US/fbevents.js";

/** Our own queue where the page has no `fbq` yet, and Meta's script after it. */
function installFbq(): Fbq {
  const fbq: Fbq = (...command) => {
    if (fbq.callMethod) fbq.callMethod(...command);
    else fbq.queue?.push(command);
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
  // Coming back from the browser's cache, Meta's script reports a PageView of its own. Revoked just then, it only queues it.
  addEventListener("pagehide", () => fbq("consent", "revoke"));
  return fbq;
}

export type TrackedEvent = { readonly way: PublishedEvent; readonly data: CustomData; readonly id: EventId };

export type MetaPixel = {
  readonly track: (pixelId: string, event: TrackedEvent, limited: boolean) => void;
  readonly setConsent: (granted: boolean) => void;
};

/**
 * Loads Meta's script, or takes another integration's `fbq` where there is one; only to be called with consent to
 * marketing. A pixel starts with its first event. `limited` asks for limited data use, which must stand before the first
 * `init` and holds for what follows until it is said otherwise; Meta finds the visitor's state by itself (country and
 * state 0).
 */
export function loadMetaPixel(person: HashedPerson | null): MetaPixel {
  const fbq = storefront.fbq ?? installFbq();
  const started = new Set<string>();
  let wasLimited = false;
  const start = (id: string): void => {
    started.add(id);
    // Automatic events read buttons and forms, and have no server leg.
    fbq("set", "autoConfig", false, id);
    fbq("init", id, ...(person ? [person] : []));
  };
  return {
    track: (pixelId, { way: { as, custom }, data, id }, limited) => {
      if (limited !== wasLimited) fbq("dataProcessingOptions", limited ? ["LDU"] : [], 0, 0);
      wasLimited = limited;
      if (!started.has(pixelId)) start(pixelId);
      fbq(custom ? "trackSingleCustom" : "trackSingle", pixelId, as, data, { eventID: id });
    },
    setConsent: (granted) => {
      // A grant releases what was queued (seen in version 2.9.324): without the script's own PageView, which has no event id.
      fbq.queue = fbq.queue?.filter((command) => String([...command]) !== "trackCustom,PageView");
      fbq("consent", granted ? "grant" : "revoke");
    },
  };
}
