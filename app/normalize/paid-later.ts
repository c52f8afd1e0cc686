import type { PurchaseTrigger } from "../event-contract/published-settings.ts";
import type { FinancialStatus, Order } from "../shopify/types.ts";
import type { KnownPurchase } from "../outbox/types.ts";

/** What brought the order. Its moment is Shopify's own, however late it is read; null where nobody tells it. */
export type Occasion = { readonly topic: string | null; readonly at_s: number | null };

// Money that came back did come: a refund does not undo the sale. A voided authorization never became money.
const PAID: ReadonlySet<FinancialStatus> = new Set([
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
]);

export const isPaid = ({ financialStatus }: Pick<Order, "financialStatus">): boolean =>
  financialStatus !== null && PAID.has(financialStatus);

// Some payment providers take minutes to confirm what was paid in the checkout.
const STILL_CHECKOUT_S = 5 * 60;

/** The earliest moment at which the order is known to have been paid. */
function knownPaidAt_s({ firstPaidAt_s, updatedAt_s, placedAt_s }: Order, { at_s }: Occasion): number {
  if (firstPaidAt_s !== null) return Math.max(firstPaidAt_s, placedAt_s);
  const moments = [at_s, updatedAt_s].filter((moment) => moment !== null);
  return Math.max(placedAt_s, moments.length > 0 ? Math.min(...moments) : placedAt_s);
}

const isAfterCheckout = (order: Order, occasion: Occasion): boolean =>
  knownPaidAt_s(order, occasion) - order.placedAt_s > STILL_CHECKOUT_S;

const isEdited = ({ lines }: Order): boolean =>
  lines.some(({ quantity, currentQuantity }) => currentQuantity < quantity);

/** Whether the order may have been paid after its checkout, so that the ledger must be asked what it knows. */
export const mayBePaidLater = (order: Order, occasion: Occasion): boolean =>
  isPaid(order) && (isAfterCheckout(order, occasion) || isEdited(order));

/**
 * When the order was paid, where that was after its checkout; null where it was paid in it, or nobody can tell. Three
 * facts can say so: the ledger has seen it unpaid; Shopify lists its payments; or its payment is what the webhook is
 * about, by a method whose money always comes afterwards. Anything else, such as a card that was authorized in the
 * checkout and is charged now, happened when the order was placed.
 */
export function paidLaterAt_s(
  order: Order,
  occasion: Occasion,
  { known, trigger }: { readonly known: KnownPurchase | null; readonly trigger: PurchaseTrigger },
): number | null {
  const at_s = knownPaidAt_s(order, occasion);
  if (known !== null) return known.waits ? at_s : known.paidLaterAt_s;
  return trigger === "paid" && isLatePayment(order, occasion) ? at_s : null;
}

/** Whether an order that the ledger does not know says of itself that it was paid after its checkout. */
function isLatePayment(order: Order, occasion: Occasion): boolean {
  const isItsPayment = occasion.topic === "orders/paid" && order.paysAfterwards;
  return (order.firstPaidAt_s !== null || isItsPayment) && isPaid(order) && isAfterCheckout(order, occasion);
}
