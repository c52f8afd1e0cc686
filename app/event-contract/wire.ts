import type { ConsentSignal } from "./consent-signal.ts";
import type { CheckoutToken, EventId, OrderId } from "./event-id.ts";
import type { EventName, SentName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

/** The outcome of the browser leg: sent to Meta, or skipped with a reason. */
export type BrowserLeg = BrowserRoute &
  ({ readonly sent: true } | { readonly sent: false; readonly because: SkippedBecause });

/**
 * The event's route by the browser's settings. The server leg follows it, so that both legs match in name and pixels.
 */
export type BrowserRoute = {
  /** The event name sent to Meta. */
  readonly as?: SentName;
  /** The IDs of the pixels that take it, whether or not the browser leg was sent. */
  readonly to?: readonly string[];
};

/**
 * Why the browser skipped its leg. `unreadable-checkout`: the checkout lacks lines, total or tax. `switched-off`: the
 * merchant reports this action from the server only. `no-pixel`: no pixel takes it.
 */
export const SKIPPED_BECAUSE = [
  "no-order-id",
  "manual-payment",
  "no-currency",
  "unreadable-checkout",
  "zero-value",
  "no-pixel",
  "switched-off",
] as const;
export type SkippedBecause = (typeof SKIPPED_BECAUSE)[number];

/**
 * One browser event for the collector. A Purchase is only a receipt, joined to the order's webhook; any other name
 * becomes the server leg.
 */
export type CollectorPost = {
  readonly name: EventName;
  /** Absent only if the browser could not derive it: a Purchase without an order ID. */
  readonly id: EventId | null;
  /** Event time and post time, epoch milliseconds of the browser's clock; their difference corrects clock skew. */
  readonly at: number;
  readonly sentAt: number;
  /** Filtered by `sourceUrl`. */
  readonly url: string | null;
  readonly referrer: string | null;
  readonly userAgent: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  readonly consent: ConsentSignal;
  /** The browser's settings version. */
  readonly settingsVersion: number;
  readonly leg: BrowserLeg;
  readonly checkoutToken: CheckoutToken | null;
  readonly orderId: OrderId | null;
  readonly data: CustomData;
  /** The logged-in customer, if the theme's page provided one. */
  readonly person?: HashedPerson | null;
  /** Of a form: what the merchant's own system knows it by, and where the visit came from. */
  readonly form?: FormFacts | null;
};

/**
 * `reference`: the form's field `tandem_reference`. `campaign`: the parameters `utm_…` and `fbclid` of the page on which
 * the visit began.
 */
export type FormFacts = {
  readonly reference?: string;
  readonly campaign?: Readonly<Record<string, string>>;
};

/** What belongs to one event of a post. */
export type OwnFacts = Pick<CollectorPost, "name" | "id" | "at" | "leg" | "data"> & {
  readonly [Key in "checkoutToken" | "orderId" | "form" | "person"]?: CollectorPost[Key] | undefined;
};
/** What the events of one moment share. */
export type SharedFacts = Omit<CollectorPost, Exclude<keyof OwnFacts, "person">>;

/**
 * What the browser posts of several events of one moment, as JSON in a `text/plain` body (no preflight): the shared
 * facts once, and the events. One event alone is a `CollectorPost`. The collector takes any field in either place, an
 * event's own before the shared one.
 */
export type MomentPost = SharedFacts & { readonly events: readonly OwnFacts[] };

/** No post holds more events. A page reports four at most as it opens; an addition to the cart may be of many lines. */
export const MOST_EVENTS = 10;

/** Keys of Meta's `user_data`, each with one lower-case hex SHA-256 of the normalized text. */
export const HASHED_KEYS = ["em", "ph", "fn", "ln", "ct", "zp", "country", "external_id"] as const;
export type HashedPerson = Readonly<Partial<Record<(typeof HASHED_KEYS)[number], string>>>;

// A request that outlives its page may carry 64 KiB (fetch standard, "HTTP-network-or-cache fetch"); this many
// characters fit in any script. It has room for the contents of about 270 lines.
const LONGEST_TEXT = 2e4;

/** The collector's request body. If it is too long to leave the page, its item lists are empty. */
export function momentText(shared: SharedFacts, events: readonly OwnFacts[]): string {
  const moment = events[1] ? { events, ...shared } : { ...shared, ...events[0] };
  const text = JSON.stringify(moment);
  return text.length < LONGEST_TEXT ? text : JSON.stringify(moment, withoutItems);
}

const withoutItems = (key: string, value: unknown): unknown =>
  key === "contents" || key === "content_ids" ? [] : value;
