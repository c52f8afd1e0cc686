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
  /** How long the circuit stays open, in milliseconds; meanwhile no request is made. */
  readonly metaPauseMs: () => number;
  /** A unique name for this round's claims. */
  readonly newClaimant: () => string;
};

/** Graph's own limit for one request (developers.facebook.com, Conversions API, using the API; 2026-09). */
const MAX_EVENTS_PER_REQUEST = 1_000;

/**
 * Drains one pixel: claims its due events, oldest first, sends them together, and stores Meta's verdict on each. Ends
 * when nothing is due, when Meta requests a wait, when the pixel is blocked, or when this process is shutting down.
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
    // Events that became due meanwhile have their own wake-up, which waits for this one.
    if (claims.length < MAX_EVENTS_PER_REQUEST) return;
  }
}

/** The pixel with its token; null if it should receive nothing. */
async function targetOf(shop: ShopDomain, id: PixelId, deps: DeliverDeps): Promise<DeliveryTarget | null> {
  const profile = await deps.profile(shop);
  const pixel = profile?.installed && profile.pixels.find((known) => known.id === id && known.state === "active");
  const token = pixel ? await deps.tokenOf(shop, id) : null;
  return pixel && token ? { pixel, token } : null;
}
