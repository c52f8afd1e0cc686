import type { PrismaClient } from "@prisma/client";

import type { PixelId } from "../settings/types.ts";

/**
 * Counts one more failure and backs the pixel off until `until(failures)`. Its deliveries stay due: after the pause
 * they go out by event time.
 */
export async function backOff(
  prisma: PrismaClient,
  pixelId: PixelId,
  until: (failures: number) => Date,
): Promise<void> {
  const [counted] = await prisma.$queryRaw<{ failures: number }[]>`
    -- every shop: the worker backs off by the pixel, which is one shop's
    update destination set failures = failures + 1 where id = ${pixelId}::uuid returning failures`;
  // A pixel that was disconnected meanwhile needs no pause.
  if (counted) await pauseUntil(prisma, pixelId, until(counted.failures));
}

/** Pauses a pixel without a failure, as Meta's rate-limit headers may require. Never shortens a longer pause. */
export async function pauseUntil(prisma: PrismaClient, pixelId: PixelId, until: Date): Promise<void> {
  await prisma.$executeRaw`
    -- every shop: the worker backs off by the pixel, which is one shop's
    update destination set failures = greatest(failures, 1), send_after = greatest(send_after, ${until}::timestamptz)
    where id = ${pixelId}::uuid`;
}
