import type { PrismaClient } from "@prisma/client";

import type { DestinationId } from "../settings/types.ts";

/** Holds a pixel's waiting deliveries, all but those that a worker is sending right now: their answer is still to come. */
export const holdDeliveries = (
  prisma: PrismaClient,
  destinationId: DestinationId,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Promise<number> =>
  prisma.$executeRaw`
    update delivery set state = 'held', reason = ${reason}, claimed_by = null, claimed_until = null
    where destination_id = ${destinationId}::uuid and state = 'queued'
      and (claimed_until is null or claimed_until <= ${now}::timestamptz)`;

/** Lets a mended pixel's deliveries go, at once. */
export const releaseHeld = (prisma: PrismaClient, destinationId: DestinationId, now: Date): Promise<number> =>
  prisma.$executeRaw`
    update delivery set state = 'queued', reason = null, due_at = ${now}::timestamptz
    where destination_id = ${destinationId}::uuid and state = 'held'`;
