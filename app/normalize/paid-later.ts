import type { PurchaseTrigger } from "../event-contract/order-settings.ts";
import type { FinancialStatus, Order } from "../shopify/types.ts";
import type { KnownPurchase } from "../outbox/types.ts";

/**
 * The message that brought the order. `at_s` is Shopify's own time stamp, however late it is processed; null if
 * unknown.
 */
export type Occasion = { readonly topic: string | null; readonly at_s: number | null };

// A refunded order was paid: a refund does not undo the sale. A voided authorization never became money.
const PAID: ReadonlySet<FinancialStatus> = new Set([
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
]);

export const isPaid = ({ financialStatus }: Pick<Order, "financialStatus">): boolean =>
  financialStatus !== null && PAID.has(financialStatus);

// Some payment providers take minutes to confirm a payment made at checkout.
const STILL_CHECKOUT_S = 5 * 60;

/** The earliest time at which the order is known to be paid, Unix seconds. */
function knownPaidAt_s({ firstPaidAt_s, updatedAt_s, placedAt_s }: Order, { at_s }: Occasion): number {
  if (firstPaidAt_s !== null) return Math.max(firstPaidAt_s, placedAt_s);
  const moments = [at_s, updatedAt_s].filter((moment) => moment !== null);
  return Math.max(placedAt_s, moments.length > 0 ? Math.min(...moments) : placedAt_s);
}

const isAfterCheckout = (order: Order, occasion: Occasion): boolean =>
  knownPaidAt_s(order, occasion) - order.placedAt_s > STILL_CHECKOUT_S;

const isEdited = ({ lines }: Order): boolean =>
  lines.some(({ quantity, currentQuantity }) => currentQuantity < quantity);

/** Whether the order may have been paid after checkout, so that the ledger must be queried. */
export const mayBePaidLater = (order: Order, occasion: Occasion): boolean =>
  isPaid(order) && (isAfterCheckout(order, occasion) || isEdited(order));

/**
 * When the order was paid, Unix seconds, if that was after checkout; null if it was paid at checkout or nothing shows
 * otherwise. Three facts show a late payment: the ledger holds the order as unpaid; Shopify lists its payments; or the
 * webhook reports the payment, and the method always pays afterwards. Anything else, such as a card authorized at
 * checkout and charged now, counts from when the order was placed.
 */
export function paidLaterAt_s(
  order: Order,
  occasion: Occasion,
  { known, trigger }: { readonly known: KnownPurchase | null; readonly trigger: PurchaseTrigger },
): number | null {
  const at_s = knownPaidAt_s(order, occasion);
  if (known !== null) return known.waits ? at_s : known.countedLaterAt_s;
  return trigger === "paid" && isLatePayment(order, occasion) ? at_s : null;
}

/** Whether an order unknown to the ledger shows by itself that it was paid after checkout. */
function isLatePayment(order: Order, occasion: Occasion): boolean {
  const isItsPayment = occasion.topic === "orders/paid" && order.paysAfterwards;
  return (order.firstPaidAt_s !== null || isItsPayment) && isPaid(order) && isAfterCheckout(order, occasion);
}
