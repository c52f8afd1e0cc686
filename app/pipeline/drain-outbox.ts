import { decideEvents, type DecideDeps } from "./decide-events.ts";
import { deliverEvents, type DeliverDeps } from "./deliver-events.ts";
import type { WakeUp } from "./wake-ups.ts";

export type DrainDeps = DecideDeps & DeliverDeps & { readonly wake: (targets: readonly WakeUp[]) => void };

/**
 * What a wake-up does: decides what is due in the shop, sends what is due for the pixel, and wakes the shop's other
 * pixels for what was decided for them. Safe to run twice and to die anywhere: every step is fenced in the database.
 */
export async function drainOutbox({ shop, pixelId }: WakeUp, deps: DrainDeps): Promise<void> {
  const given = await decideEvents(shop, deps);
  deps.wake([...given].filter((id) => id !== pixelId).map((id) => ({ shop, pixelId: id })));
  if (pixelId !== null) await deliverEvents(shop, pixelId, deps);
}
