import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "../settings/types.ts";
import { expireQueued, lockLeases } from "./end-storefront.server.ts";
import { finishEvents } from "./finish-events.server.ts";

type ReleasedPixel = { readonly shop: ShopDomain; readonly pixelId: PixelId };

/**
 * Requeues deliveries held for an active pixel: the process that repaired it stopped before it could release them.
 * Returns the pixels to wake.
 */
export const releaseStranded = (prisma: PrismaClient, now: Date): Promise<ReleasedPixel[]> =>
  prisma.$queryRaw<ReleasedPixel[]>`
    -- every shop: the worker releases by the pixel, and ends what is too old
    with released as (
      update delivery set state = 'queued', reason = null, due_at = ${now}::timestamptz
      from destination
      where delivery.state = 'held' and destination.id = delivery.destination_id and destination.state = 'active'
      returning delivery.shop, delivery.destination_id
    )
    select distinct shop, destination_id as "pixelId" from released`;

/** Age limits, by event time, for deliveries of paused or blocked pixels. */
export type HeldTooLong = {
  /** Website and other events from before this time expire. */
  readonly before: Date;
  /** In-store sales (`physical_store`) expire if they are from before this time; Meta accepts them for longer. */
  readonly beforeInStore: Date;
  /** Prefixed to the reason for which the delivery was held. */
  readonly reason: string;
  readonly now: Date;
};

const AT_ONCE = 1_000;

/** Expires held deliveries that Meta no longer accepts, at most two thousand per call. Returns their number. */
export async function expireHeld(prisma: PrismaClient, held: HeldTooLong): Promise<number> {
  const ended = await expireDeliveries(prisma, held);
  // By itself: counting makes other workers of a shop wait until the transaction ends, and each must do so only once.
  const [, ofQueue] = await prisma.$transaction([
    lockLeases(prisma, Prisma.sql`state <> 'active'`),
    prisma.$executeRaw(expireQueued({ ...held, limit: AT_ONCE })),
  ]);
  return ended + ofQueue;
}

type Key = {
  readonly shop: string;
  readonly event_name: string;
  readonly event_id: string;
  readonly destination_id: string;
};

const expireDeliveries = (prisma: PrismaClient, { before, beforeInStore, reason, now }: HeldTooLong): Promise<number> =>
  prisma.$transaction(async (tx) => {
    const keys = await tx.$queryRaw<Key[]>`
      -- every shop: the worker releases by the pixel, and ends what is too old
      select delivery.shop, event_name, event_id, destination_id from delivery
      join event using (shop, event_name, event_id)
      where delivery.state = 'held' and storefront_day is null and delivery.event_time < ${before}::timestamptz
        and (event.body->>'action_source' <> 'physical_store' or delivery.event_time < ${beforeInStore}::timestamptz)
      order by delivery.shop, event_name, event_id
      limit ${AT_ONCE}
      for no key update of event`;
    const places = await tx.$queryRaw<(Key & { readonly position: string })[]>`
      -- every shop: the worker releases by the pixel, and ends what is too old
      select shop, event_name, event_id, destination_id, storefront_position::text as position from delivery
      where state = 'held' and event_time < ${before}::timestamptz and storefront_day is not null
      limit ${AT_ONCE}`;
    const rows = JSON.stringify([...keys, ...places]);
    const ended = await tx.$executeRaw`
      update delivery set state = 'expired', reason = concat_ws(' ', ${reason}::text, delivery.reason),
        settled_at = ${now}::timestamptz
      from json_to_recordset(${rows}::json) as key(
        shop text, event_name text, event_id text, destination_id uuid, position bigint)
      where (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id)
          = (key.shop, key.event_name, key.event_id, key.destination_id)
        and delivery.storefront_position is not distinct from key.position and delivery.state = 'held'`;
    await tx.$executeRaw(finishEvents(keys, now));
    return ended;
  });
