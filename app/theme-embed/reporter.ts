import type { EventId } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import { sendHit } from "../browser/meta-hit.ts";
import { postMoments } from "../browser/post-moments.ts";
import { beaconOr } from "./send-beacon.ts";
import { routedLeg } from "../event-contract/pixel-routing.ts";
import type { PublishedSettings } from "../event-contract/published-settings.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { sourceUrl } from "../event-contract/source-url.ts";
import type { HashedPerson, OwnFacts } from "../event-contract/wire.ts";
import type { Visitor } from "./bundles.ts";
import { loadMetaPixel, type MetaPixel } from "./meta-pixel.ts";
import { quietly } from "../browser/quietly.ts";
import { storefront } from "./page.ts";
import { isPlainAddress } from "./plain-address.ts";

export type Extra = Pick<OwnFacts, "orderId" | "form" | "person"> & {
  /** Set if the ID is derived instead of random, as an order's is. */
  readonly id?: EventId;
  /** Bypasses Meta's script, which would drop a second PageView of the page. */
  readonly direct?: boolean;
};

/** Sends both legs of one event with one event ID. */
export type Report = (name: EventName, data: CustomData, extra?: Extra) => void;

export type Reporter = {
  /** Null stops reporting; events are not kept for later. */
  readonly setVisitor: (visitor: Visitor | null) => void;
  readonly report: Report;
  readonly sentIds: ReadonlySet<string>;
};

export function createReporter(settings: PublishedSettings, person: HashedPerson | null): Reporter {
  let visitor: Visitor | null = null;
  let script: MetaPixel | null = null;
  const sentIds = new Set<string>();
  const send = beaconOr(window.fetch.bind(window));
  const post = postMoments(settings.collectUrl, send, Date.now);

  /** Meta's script, if the merchant enabled it and the URLs that it would send are safe for Meta. */
  const scriptFor = (): MetaPixel | null =>
    settings.storefrontMode === "embed" && [location.href, document.referrer].every(isPlainAddress)
      ? (script ??= loadMetaPixel(person))
      : null;

  return {
    sentIds,
    setVisitor: (now) => {
      visitor = now;
      script?.setConsent(!!now);
    },
    report: (name, data, { id: derived, direct, ...own } = {}) => {
      const way = settings.events[name];
      if (!visitor || !way) return;
      // A UUID is always a valid event ID.
      const id = derived ?? (crypto.randomUUID() as EventId);
      sentIds.add(id);
      const leg = routedLeg({ sent: true }, { action: name, country: storefront.Shopify?.country, way }, settings);
      const limited = !visitor.signal.saleOfData;
      const shared = {
        url: sourceUrl(location.href),
        referrer: sourceUrl(document.referrer),
        userAgent: navigator.userAgent,
        consent: visitor.signal,
        settingsVersion: settings.version,
        // Read from the cookies now, as Meta's script does, so that both legs agree.
        ...visitor.ids(),
        ...(person && { person }),
      };
      const event = { ...own, name, id, at: Date.now(), leg, data };
      const afterwards = (): void => {
        if (!leg.sent) return;
        const script = direct ? null : scriptFor();
        for (const to of leg.to) {
          if (script) script.track(to, { way, data, id }, limited);
          else quietly(() => sendHit({ to, as: way.as, limited, ...shared, ...event }, send));
        }
      };
      post(shared, { afterwards, ...event });
    },
  };
}
