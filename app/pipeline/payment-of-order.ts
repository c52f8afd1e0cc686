import { type EventId, purchaseEventId, type ShopDomain } from "../event-contract/event-id.ts";
import { orderAtPayment } from "../normalize/order-at-payment.ts";
import { mayBePaidLater, type Occasion, paidLaterAt_s } from "../normalize/paid-later.ts";
import type { KnownPurchase } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { Order } from "../shopify/types.ts";

export type PaymentDeps = {
  /** The ledger's Purchase with this id; null where there is none. */
  readonly knownPurchase: (shop: ShopDomain, eventId: EventId) => Promise<KnownPurchase | null>;
};

/**
 * The order as it counts: as it stood when it was paid, where that was after its checkout. Asks the ledger only about
 * orders that were paid, and edited or long placed.
 */
export async function orderAsPaid(
  order: Order,
  { profile, occasion }: { readonly profile: ShopProfile; readonly occasion: Occasion },
  { knownPurchase }: PaymentDeps,
): Promise<Order> {
  if (!mayBePaidLater(order, occasion)) return order;
  const { shop, settings } = profile;
  const known = await knownPurchase(shop, purchaseEventId(shop, order.id));
  const at_s = paidLaterAt_s(order, occasion, { known, trigger: settings.purchaseTrigger });
  return at_s === null ? order : orderAtPayment(order, at_s);
}
