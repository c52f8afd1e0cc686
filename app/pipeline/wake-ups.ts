import type { ShopDomain } from "../event-contract/event-id.ts";
import type { DestinationId, ShopProfile } from "../settings/types.ts";

/** A pixel to look at, or (null) a shop whose events are to be decided although no pixel takes them. */
export type WakeUp = { readonly shop: ShopDomain; readonly destinationId: DestinationId | null };

/** One wake-up per active pixel of the shop; one for the shop itself where there is none. */
export function wakeUpsOf({ shop, destinations }: Pick<ShopProfile, "shop" | "destinations">): readonly WakeUp[] {
  const active = destinations.filter((destination) => destination.state === "active");
  return active.length > 0 ? active.map(({ id }) => ({ shop, destinationId: id })) : [{ shop, destinationId: null }];
}
