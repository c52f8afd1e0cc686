import { isbot } from "isbot";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { metaCookie } from "../event-contract/meta-cookies.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { CollectorPost } from "../event-contract/wire.ts";
import type { BrowserReceipt, NewEvent } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { browserUserData } from "./browser-context.ts";
import { publicIp } from "./public-ip.ts";

/** What the collector's request shows about the browser, and when it arrived by the server's clock. */
export type BrowserRequest = {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly receivedAt: Date;
};

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The server leg of a browser event, with the browser's event ID, data and consent. Throws for Purchase, which only an
 * order can create, and for a post without an ID: both are bugs of the caller.
 */
export function eventFromCollectorPost(
  post: CollectorPost,
  request: BrowserRequest,
  { shop }: Pick<ShopProfile, "shop">,
): NewEvent {
  if (post.name === "Purchase" || post.id === null) {
    throw new Error(`a collector post cannot make a ${post.name} event`);
  }
  const at_s = happenedAt_s(post, request.receivedAt);
  const visitor = visitorOf(post, request);
  return {
    shop,
    origin: "collector",
    body: {
      event_name: post.name,
      event_id: post.id,
      event_time: at_s,
      action_source: "website",
      event_source_url: visitor.url ?? `https://${shop}/`,
      ...(visitor.referrer !== null && { referrer_url: visitor.referrer }),
      user_data: {
        ...(post.consent.marketing && hashLists(post.person)),
        ...browserUserData({ ...visitor, ips: [visitor.ip], at_s }),
      },
      custom_data: withoutEmptyLists(post.data),
    },
    // Both legs use the settings version that the browser had, not the newest.
    settingsVersion: post.settingsVersion,
    orderId: post.orderId,
    checkoutToken: post.checkoutToken,
    // The browser's consent signal decides; it knows the visitor's region better than an IP address does.
    region: null,
    // Bot events are stored so that the merchant sees their number, but Meta should not learn from them.
    ...(isMachine(post, request) ? { state: "withheld", reason: "bot" } : { state: "joining", reason: null }),
    joinForMs: 0,
    signal: signalOf(post, request.receivedAt),
    browserLeg: post.leg,
  };
}

// A post that was too large to leave its page has no items. Sends no list instead of an empty one.
const withoutEmptyLists = ({ content_ids, contents, ...data }: CustomData): CustomData => ({
  ...data,
  ...(content_ids?.length && { content_ids }),
  ...(contents?.length && { contents }),
});

const isMachine = (post: CollectorPost, request: BrowserRequest): boolean => isbot(post.userAgent ?? request.userAgent);

/** Meta expects lists; the browser knows one customer. Both legs carry the same hashes. */
const hashLists = (person: CollectorPost["person"]): UserData =>
  Object.fromEntries(Object.entries(person ?? {}).map(([key, hash]) => [key, [hash]]));

/** The browser's report about a checkout; the order's Purchase is enriched with it and compared to it. */
export const receiptFromCollectorPost = (
  post: CollectorPost,
  request: BrowserRequest,
  shop: ShopDomain,
): BrowserReceipt => ({
  shop,
  checkoutToken: post.checkoutToken,
  orderId: post.orderId,
  eventId: post.id,
  data: post.data,
  leg: post.leg,
  ...visitorOf(post, request),
  signal: signalOf(post, request.receivedAt),
  receivedAt: request.receivedAt,
});

type Visitor = Pick<BrowserReceipt, "fbp" | "fbc" | "ip" | "userAgent" | "url" | "referrer">;

// Data that will never be sent is not stored.
const NOBODY: Visitor = { fbp: null, fbc: null, ip: null, userAgent: null, url: null, referrer: null };

/** The visitor's data, as far as consent allows it to be stored. */
const visitorOf = (post: CollectorPost, request: BrowserRequest): Visitor =>
  post.consent.marketing
    ? {
        fbp: metaCookie(post.fbp),
        fbc: metaCookie(post.fbc),
        ip: publicIp(request.ip),
        userAgent: post.userAgent ?? request.userAgent,
        url: post.url,
        referrer: post.referrer,
      }
    : NOBODY;

/**
 * When the event happened by the server's clock, Unix seconds. The browser's clock may be years off, but the time
 * between its event and its post is right. The result is never in the future and never older than Meta accepts.
 */
function happenedAt_s({ at, sentAt }: Pick<CollectorPost, "at" | "sentAt">, receivedAt: Date): number {
  const age = Math.min(Math.max(sentAt - at, 0), SEVEN_DAYS_MS);
  return Math.floor((receivedAt.getTime() - age) / 1000);
}

/**
 * The visitor's answer with a time that the server can believe: never after its arrival, or a browser could make its
 * answer the latest for ever. One from the distant past only loses against every other.
 */
const signalOf = ({ consent }: Pick<CollectorPost, "consent">, receivedAt: Date): ConsentSignal => ({
  ...consent,
  at: Math.min(consent.at, receivedAt.getTime()),
});
