import { decideEvents, type DecideDeps } from "./decide-events.ts";
import { deliverEvents, type DeliverDeps } from "./deliver-events.ts";
import type { WakeUp } from "./wake-ups.ts";

export type DrainDeps = DecideDeps & DeliverDeps & { readonly wake: (targets: readonly WakeUp[]) => void };

/**
 * Handles a wake-up: decides the shop's due events, sends the pixel's due deliveries, and wakes the shop's other pixels
 * that got deliveries. Safe to run twice and to crash anywhere: every write is checked in the database.
 */
export async function drainOutbox({ shop, pixelId, isDecided = false }: WakeUp, deps: DrainDeps): Promise<void> {
  const given = isDecided ? [] : [...(await decideEvents(shop, deps))];
  const others = given.filter((id) => id !== pixelId);
  deps.wake(others.map((id) => ({ shop, pixelId: id, isDecided: true })));
  if (pixelId !== null) await deliverEvents(shop, pixelId, deps);
}
