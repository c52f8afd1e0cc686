import type { PrismaClient } from "@prisma/client";

import type { PixelId } from "../settings/types.ts";

/**
 * Holds a pixel's queued deliveries, except those that a worker is sending right now. Holds none if the pixel is active
 * again by now. Returns how many wait, with the storefront events, which stay in their queue: that the pixel does not work
 * holds them.
 */
export async function holdDeliveries(
  prisma: PrismaClient,
  pixelId: PixelId,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Promise<number> {
  const held = await prisma.$executeRaw`
    -- every shop: the worker holds by the pixel, which is one shop's
    with pixel as (
      -- The lock makes a concurrent repair wait, which then releases these deliveries too.
      select state from destination where id = ${pixelId}::uuid for share
    )
    update delivery set state = 'held', reason = ${reason}, claimed_by = null, claimed_until = null
    where destination_id = ${pixelId}::uuid and state = 'queued' and (select state from pixel) <> 'active'
      and (claimed_until is null or claimed_until <= ${now}::timestamptz)`;
  const [waiting] = await prisma.$queryRaw<{ storefront: number }[]>`
    -- every shop: the worker holds by the pixel, which is one shop's
    select count(*)::int as storefront from storefront_queue join destination on destination.id = pixel
    where pixel = ${pixelId}::uuid and state <> 'active'`;
  return held + (waiting?.storefront ?? 0);
}

/** Requeues the held deliveries of a repaired pixel and ends its back-off. Its storefront events wait no longer by that. */
export async function releaseHeld(prisma: PrismaClient, pixelId: PixelId, now: Date): Promise<number> {
  const [, released] = await prisma.$transaction([
    prisma.$executeRaw`
      -- every shop: the worker holds by the pixel, which is one shop's
      update destination set failures = 0, send_after = null where id = ${pixelId}::uuid and failures > 0`,
    prisma.$executeRaw`
      -- every shop: the worker holds by the pixel, which is one shop's
      update delivery set state = 'queued', reason = null, due_at = ${now}::timestamptz
      where destination_id = ${pixelId}::uuid and state = 'held'`,
  ]);
  return released;
}
