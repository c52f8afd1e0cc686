import { countsLater } from "../event-contract/order-settings.ts";
import { type EventId, purchaseEventId, type ShopDomain } from "../event-contract/event-id.ts";
import { metAt_s } from "../normalize/counted-later.ts";
import { orderAtPayment } from "../normalize/order-at-payment.ts";
import { mayBePaidLater, type Occasion, paidLaterAt_s } from "../normalize/paid-later.ts";
import type { KnownPurchase } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { Order } from "../shopify/types.ts";

export type CountingDeps = {
  /** The ledger's Purchase with this ID; null if there is none. */
  readonly knownPurchase: (shop: ShopDomain, eventId: EventId) => Promise<KnownPurchase | null>;
};

type Seen = { readonly profile: ShopProfile; readonly occasion: Occasion; readonly now: Date };

/** The order in the state that counts: as it was when paid, delivered or tagged, if that was after checkout. */
export function orderAsCounted(order: Order, seen: Seen, deps: CountingDeps): Promise<Order> {
  return countsLater(seen.profile.settings.purchaseTrigger)
    ? orderAsMet(order, seen, deps)
    : orderAsPaid(order, seen, deps);
}

/** Queries the ledger only about paid orders that were edited or placed some time ago. */
async function orderAsPaid(order: Order, { profile, occasion }: Seen, { knownPurchase }: CountingDeps): Promise<Order> {
  if (!mayBePaidLater(order, occasion)) return order;
  const { shop, settings } = profile;
  const known = await knownPurchase(shop, purchaseEventId(shop, order.id));
  const at_s = paidLaterAt_s(order, occasion, { known, trigger: settings.purchaseTrigger });
  return at_s === null ? order : orderAtPayment(order, at_s);
}

/** An order that has counted keeps its time, whatever happens to its parcels and tags. */
async function orderAsMet(
  order: Order,
  { profile, occasion, now }: Seen,
  { knownPurchase }: CountingDeps,
): Promise<Order> {
  const { shop, settings } = profile;
  const known = await knownPurchase(shop, purchaseEventId(shop, order.id));
  const hasCounted = known !== null && !known.waits;
  const at_s = hasCounted ? (known.countedLaterAt_s ?? order.placedAt_s) : metAt_s(order, { occasion, settings, now });
  return at_s === null ? order : orderAtPayment(order, at_s);
}
