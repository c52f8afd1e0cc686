import type { ConsentSignal } from "./consent-signal.ts";
import type { CheckoutToken, EventId, OrderId } from "./event-id.ts";
import type { EventName, SentName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

/** What became of the browser leg: posted to Meta, or left out for a stated reason. */
export type BrowserLeg = BrowserRoute &
  ({ readonly sent: true } | { readonly sent: false; readonly because: SkippedBecause });

/** Where the browser's settings lead the event. The server's leg follows it, so that both name and reach the same. */
export type BrowserRoute = {
  /** The name it is sent under. */
  readonly as?: SentName;
  /** The ids of the pixels that take it, whether or not the browser leg was sent. */
  readonly to?: readonly string[];
};

/**
 * Why the browser left its leg out. `unreadable-checkout`: it told no lines, total or tax. `switched-off`: the merchant
 * reports this action by the server alone. `no-pixel`: none takes it.
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
 * One browser event on its way to the collector, as JSON in a `text/plain` body (no preflight).
 * For every name but Purchase it becomes the server leg; a Purchase is only a receipt, joined to the order's webhook.
 */
export type CollectorPost = {
  readonly name: EventName;
  /** Absent only where the browser could not derive it: a Purchase without an order id. */
  readonly id: EventId | null;
  /** When it happened and when it was posted, epoch milliseconds of the browser's clock; the difference cures skew. */
  readonly at: number;
  readonly sentAt: number;
  /** Filtered by `sourceUrl`. */
  readonly url: string | null;
  readonly referrer: string | null;
  readonly userAgent: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  readonly consent: ConsentSignal;
  /** The settings version that the browser worked with. */
  readonly settingsVersion: number;
  readonly leg: BrowserLeg;
  readonly checkoutToken: CheckoutToken | null;
  readonly orderId: OrderId | null;
  readonly data: CustomData;
  /** The logged-in customer, where the theme's own page told. */
  readonly person?: HashedPerson | null;
};

/** Keys of Meta's `user_data`, each with one lower-case hex SHA-256 of the normalized text. */
export const HASHED_KEYS = ["em", "ph", "fn", "ln", "ct", "zp", "country", "external_id"] as const;
export type HashedPerson = Readonly<Partial<Record<(typeof HASHED_KEYS)[number], string>>>;

// A request that outlives its page may carry 64 KiB (fetch standard, "HTTP-network-or-cache fetch"): this many
// characters, whatever letters they are. The contents of some 270 lines fit.
const LONGEST_TEXT = 2e4;

/** The collector's request body. Where it would be too long to leave the page, its lists of items are empty. */
export function collectorPostText(post: CollectorPost): string {
  const text = JSON.stringify(post);
  return text.length < LONGEST_TEXT
    ? text
    : JSON.stringify({ ...post, data: { ...post.data, contents: [], content_ids: [] } });
}
