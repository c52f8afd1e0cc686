import type { ConsentSignal } from "./consent-signal.ts";
import type { CheckoutToken, EventId, OrderId } from "./event-id.ts";
import type { EventName } from "./event-name.ts";
import type { CustomData } from "./purchase.ts";

/** What became of the browser leg: posted to Meta, or left out for a stated reason. */
export type BrowserLeg = { readonly sent: true } | { readonly sent: false; readonly because: SkippedBecause };

/** Why the browser left its leg out. `unreadable-checkout`: it told no lines, total or tax. */
export const SKIPPED_BECAUSE = [
  "no-order-id",
  "manual-payment",
  "no-currency",
  "unreadable-checkout",
  "zero-value",
  "no-pixel",
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
};

/** The collector's request body. */
export const collectorPostText = (post: CollectorPost): string => JSON.stringify(post);
