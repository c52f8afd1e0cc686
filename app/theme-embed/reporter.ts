import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { EventId, OrderId } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { sendHit } from "../browser/meta-hit.ts";
import { sendPost } from "../browser/send-post.ts";
import { beaconOr } from "./send-beacon.ts";
import { routedLeg } from "../event-contract/pixel-routing.ts";
import type { PublishedEvent, PublishedSettings } from "../event-contract/published-settings.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { sourceUrl } from "../event-contract/source-url.ts";
import type { CollectorPost, HashedPerson } from "../event-contract/wire.ts";
import type { Visitor } from "./bundles.ts";
import { loadMetaPixel, type MetaPixel } from "./meta-pixel.ts";
import { quietly, storefront } from "./page.ts";
import { isPlainAddress } from "./plain-address.ts";

export type Extra = {
  /** Set if the ID is derived instead of random, as an order's is. */
  readonly id?: EventId;
  readonly orderId?: OrderId | null;
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
  const known = person && { person };
  const more = Object.fromEntries(Object.entries(person ?? {}).map(([key, hash]) => [`ud[${key}]`, hash]));
  const send = beaconOr(window.fetch.bind(window));

  /** Meta's script, if the merchant enabled it and the URLs that it would send are safe for Meta. */
  const scriptFor = (): MetaPixel | null =>
    settings.storefrontMode === "embed" && isPlainAddress(location.href) && isPlainAddress(document.referrer)
      ? (script ??= loadMetaPixel(person))
      : null;

  const toMeta = ({ leg, way, direct, signal, ids, ...event }: StorefrontEvent): void => {
    const limited = !signal.saleOfData;
    const script = direct ? null : scriptFor();
    for (const metaPixelId of leg.to) {
      if (script) script.track(metaPixelId, { way, ...event }, limited);
      else quietly(() => sendHit({ ...event, name: way.as, to: metaPixelId, ...ids, limited, more }, send));
    }
  };

  return {
    sentIds,
    setVisitor: (now) => {
      visitor = now;
      script?.setConsent(!!now);
    },
    report: (name, data, extra = {}) => {
      const way = settings.events[name];
      if (!visitor || !way) return;
      // A UUID is always a valid event ID.
      const id = extra.id ?? (crypto.randomUUID() as EventId);
      sentIds.add(id);
      const leg = routedLeg({ sent: true }, { action: name, country: storefront.Shopify?.country, way }, settings);
      const place = { url: sourceUrl(location.href), referrer: sourceUrl(document.referrer) };
      // Read from the cookies now, as Meta's script does, so that both legs agree.
      const ids = visitor.ids();
      const sighting = { ...extra, ...place, id, data, leg, way, at: Date.now(), signal: visitor.signal, ids };
      const post = { ...postOf(name, sighting), settingsVersion: settings.version, ...known };
      // Sent first: requests that outlive the page share 64 KiB, and the server leg depends on this one.
      quietly(() => sendPost(post, settings.collectUrl, send));
      if (leg.sent) toMeta(sighting);
    },
  };
}

type StorefrontEvent = Extra & {
  readonly id: EventId;
  readonly data: CustomData;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly url: string | null;
  readonly referrer: string | null;
  readonly way: PublishedEvent;
  readonly leg: ReturnType<typeof routedLeg>;
  readonly signal: ConsentSignal;
  readonly ids: BrowserIds;
};

/** The collector post without the settings version. */
const postOf = (
  name: EventName,
  { id, at, url, referrer, leg, data, signal, ids, orderId = null }: StorefrontEvent,
): Omit<CollectorPost, "settingsVersion"> => ({
  name,
  id,
  at,
  sentAt: at,
  url,
  referrer,
  userAgent: navigator.userAgent,
  ...ids,
  consent: signal,
  leg,
  checkoutToken: null,
  orderId,
  data,
});
