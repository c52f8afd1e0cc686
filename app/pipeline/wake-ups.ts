import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";

/** A pixel to look at, or (null) a shop whose events are to be decided although no pixel takes them. */
export type WakeUp = { readonly shop: ShopDomain; readonly pixelId: PixelId | null };

/** One wake-up per active pixel of the shop; one for the shop itself where there is none. */
export function wakeUpsOf({ shop, pixels }: Pick<ShopProfile, "shop" | "pixels">): readonly WakeUp[] {
  const active = pixels.filter((pixel) => pixel.state === "active");
  return active.length > 0 ? active.map(({ id }) => ({ shop, pixelId: id })) : [{ shop, pixelId: null }];
}
