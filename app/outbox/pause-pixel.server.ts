import type { PrismaClient } from "@prisma/client";

import type { DestinationId } from "../settings/types.ts";

/**
 * Backs a pixel off until `until(failures)`, with one failure more than before. Its events stay due: when it is
 * asked again, they go in the order in which things happened.
 */
export async function backOff(
  prisma: PrismaClient,
  destinationId: DestinationId,
  until: (failures: number) => Date,
): Promise<void> {
  const [counted] = await prisma.$queryRaw<{ failures: number }[]>`
    update destination set failures = failures + 1 where id = ${destinationId}::uuid returning failures`;
  // A pixel that was disconnected meanwhile needs no pause.
  if (counted) await pauseUntil(prisma, destinationId, until(counted.failures));
}

/** Backs a pixel off although nothing failed, as Meta's headers may ask. Never shortens a longer pause. */
export async function pauseUntil(prisma: PrismaClient, destinationId: DestinationId, until: Date): Promise<void> {
  await prisma.$executeRaw`
    update destination set failures = greatest(failures, 1), send_after = greatest(send_after, ${until}::timestamptz)
    where id = ${destinationId}::uuid`;
}
