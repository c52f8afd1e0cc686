import type { PrismaClient } from "@prisma/client";

import type { DestinationId } from "../settings/types.ts";

/**
 * Holds a pixel's waiting deliveries, all but those that a worker is sending right now: their answer is still to come.
 * A pixel that was mended in the same moment holds nothing.
 */
export const holdDeliveries = (
  prisma: PrismaClient,
  destinationId: DestinationId,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Promise<number> =>
  prisma.$executeRaw`
    with pixel as (
      -- The lock makes a repair wait, which then releases these too.
      select state from destination where id = ${destinationId}::uuid for share
    )
    update delivery set state = 'held', reason = ${reason}, claimed_by = null, claimed_until = null
    where destination_id = ${destinationId}::uuid and state = 'queued' and (select state from pixel) <> 'active'
      and (claimed_until is null or claimed_until <= ${now}::timestamptz)`;

/** Lets a mended pixel's deliveries go, at once, however long it was to wait. */
export async function releaseHeld(prisma: PrismaClient, destinationId: DestinationId, now: Date): Promise<number> {
  const [, released] = await prisma.$transaction([
    prisma.$executeRaw`
      update destination set failures = 0, send_after = null where id = ${destinationId}::uuid and failures > 0`,
    prisma.$executeRaw`
      update delivery set state = 'queued', reason = null, due_at = ${now}::timestamptz
      where destination_id = ${destinationId}::uuid and state = 'held'`,
  ]);
  return released;
}
