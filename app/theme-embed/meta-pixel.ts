import type { EventId } from "../event-contract/event-id.ts";
import type { PublishedEvent } from "../event-contract/published-settings.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { HashedPerson } from "../event-contract/wire.ts";
import { type Fbq, storefront } from "./page.ts";

const SOURCE = "https://connect.facebook.net/en_US/fbevents.js";

/** If the page has no `fbq`, creates its queue and loads Meta's script. */
function installFbq(): Fbq {
  const fbq: Fbq = (...command) => {
    if (fbq.callMethod) fbq.callMethod(...command);
    else fbq.queue?.push(command);
  };
  fbq.queue = [];
  fbq.push = fbq;
  fbq.loaded = true;
  fbq.version = "2.0";
  // Otherwise fbevents.js reports every URL change as a PageView without our event ID, which cannot be deduplicated.
  fbq.disablePushState = true;
  storefront.fbq = fbq;
  storefront._fbq ??= fbq;

  const script = document.createElement("script");
  script.async = true;
  script.src = SOURCE;
  document.head.append(script);
  // When a page returns from the back/forward cache, Meta's script reports its own PageView. Revoked consent only
  // queues it.
  addEventListener("pagehide", () => fbq("consent", "revoke"));
  return fbq;
}

export type TrackedEvent = { readonly way: PublishedEvent; readonly data: CustomData; readonly id: EventId };

export type MetaPixel = {
  readonly track: (metaPixelId: string, event: TrackedEvent, limited: boolean) => void;
  readonly setConsent: (granted: boolean) => void;
};

/**
 * Loads Meta's script, or uses another integration's `fbq`; call it only with consent to marketing. A pixel is
 * initialized at its first event. `limited` requests Limited Data Use, which must be set before the first `init` and
 * applies until it is changed; Meta then locates the visitor itself (country and state 0).
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
    track: (metaPixelId, { way: { as, custom }, data, id }, limited) => {
      if (limited !== wasLimited) fbq("dataProcessingOptions", limited ? ["LDU"] : [], 0, 0);
      wasLimited = limited;
      if (!started.has(metaPixelId)) start(metaPixelId);
      fbq(custom ? "trackSingleCustom" : "trackSingle", metaPixelId, as, data, { eventID: id });
    },
    setConsent: (granted) => {
      // A grant sends the queued commands (seen in version 2.9.324); removes the script's own PageView, which has no
      // event ID.
      fbq.queue = fbq.queue?.filter((command) => String([...command]) !== "trackCustom,PageView");
      fbq("consent", granted ? "grant" : "revoke");
    },
  };
}
