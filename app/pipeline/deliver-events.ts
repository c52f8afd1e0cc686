import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId, ShopProfile } from "../settings/types.ts";
import { type BatchDeps, deliverClaims, LEASE_MS, type DeliveryTarget } from "./deliver-claims.ts";
import type { Claim } from "../outbox/types.ts";

export type DeliverDeps = BatchDeps & {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly tokenOf: (shop: ShopDomain, pixelId: PixelId) => Promise<string | null>;
  readonly claim: (
    pixelId: PixelId,
    options: { limit: number; claimedBy: string; until: Date; now: Date },
  ) => Promise<readonly Claim[]>;
  /** How long the circuit stays open, in milliseconds: no request is made meanwhile. */
  readonly metaPauseMs: () => number;
  /** A name for this round's claims that no other round has. */
  readonly newClaimant: () => string;
};

/** Graph's own limit for one request (developers.facebook.com, Conversions API, using the API; 2026-09). */
const MAX_EVENTS_PER_REQUEST = 1_000;

/**
 * Drains one pixel: claims its due events, oldest first, sends them together, and writes what Meta said of each. Ends
 * when nothing is due, when Meta wants us to come back later, when the pixel became blocked, or when this process is
 * about to stop.
 */
export async function deliverEvents(shop: ShopDomain, pixelId: PixelId, deps: DeliverDeps): Promise<void> {
  while (!deps.isStopping()) {
    const target = await targetOf(shop, pixelId, deps);
    if (target === null) return;
    const now = deps.now();
    const rest = deps.metaPauseMs();
    if (rest > 0) return deps.pauseUntil(pixelId, new Date(now.getTime() + rest));
    const claims = await deps.claim(pixelId, {
      limit: MAX_EVENTS_PER_REQUEST,
      claimedBy: deps.newClaimant(),
      until: new Date(now.getTime() + LEASE_MS),
      now,
    });
    if (claims.length > 0 && (await deliverClaims(claims, target, deps)) === "come-back-later") return;
    // Whatever has become due meanwhile brought a wake-up of its own, which waits for this one.
    if (claims.length < MAX_EVENTS_PER_REQUEST) return;
  }
}

/** The pixel with its token; null where nothing is to be sent to it. */
async function targetOf(shop: ShopDomain, id: PixelId, deps: DeliverDeps): Promise<DeliveryTarget | null> {
  const profile = await deps.profile(shop);
  const pixel = profile?.installed && profile.pixels.find((known) => known.id === id && known.state === "active");
  const token = pixel ? await deps.tokenOf(shop, id) : null;
  return pixel && token ? { pixel, token } : null;
}
