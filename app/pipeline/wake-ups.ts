import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";

/** A pixel to drain, or (null) a shop whose events need a decision although it has no active pixel. */
export type WakeUp = {
  readonly shop: ShopDomain;
  readonly pixelId: PixelId | null;
  /** What woke the pixel is decided already, so it only has to be delivered. Absent: the shop's events are decided first. */
  readonly isDecided?: boolean;
};

/** One wake-up per active pixel of the shop; one for the shop itself if it has none. */
export function wakeUpsOf({ shop, pixels }: Pick<ShopProfile, "shop" | "pixels">): readonly WakeUp[] {
  const active = pixels.filter((pixel) => pixel.state === "active");
  return active.length > 0 ? active.map(({ id }) => ({ shop, pixelId: id })) : [{ shop, pixelId: null }];
}
