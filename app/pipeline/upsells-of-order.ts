import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Order } from "../shopify/types.ts";
import { mayBeUpsold, upsellsFromOrder } from "../normalize/upsells-from-order.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { ShopProfile } from "../settings/types.ts";

export type UpsellsDeps = {
  /** The data of the ledger's event with this ID; null if it does not exist or is withheld. */
  readonly sentData: (shop: ShopDomain, eventId: EventId) => Promise<CustomData | null>;
};

type Sold = { readonly profile: ShopProfile; readonly purchase: NewEvent; readonly now: Date };

/**
 * Queries the ledger only if the merchant enabled these events and the order is recent enough for an offer. Lines added
 * before the payment are part of the Purchase, so an unpaid order has none.
 */
export async function upsellsOf(
  order: Order,
  { profile, purchase, now }: Sold,
  { sentData }: UpsellsDeps,
): Promise<readonly NewEvent[]> {
  const isWanted = profile.settings.orders?.upsellEvent === true && purchase.state === "joining";
  if (!isWanted || order.countedLaterAt_s !== undefined || !mayBeUpsold(order, now)) return [];
  const sent = await sentData(profile.shop, purchase.body.event_id);
  return sent ? upsellsFromOrder(order, { purchase, sent, settings: profile.settings }, now) : [];
}
