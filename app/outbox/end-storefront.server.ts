import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { PixelId } from "../settings/types.ts";
import { WITHOUT_PERSON } from "./settle-storefront.server.ts";

// Whoever deletes an event's row from the queue decides what became of it: a worker whose event is gone from there has
// lost it.

// None of these statements prunes partitions at run time, because PostgreSQL 18.0 to 18.6 may then end the session where
// another statement has changed a row that it ends (docs/limits.md). Events are read with storefront_row. To be updated
// they are found by an array of one day, which leads to the same index entry in each partition.

/**
 * Whoever ends what waits for several pixels locks first the events of `event` that it ends, then their pixels' leases,
 * both in key order, and only then what waits: settling does so, and two that took the rows of the queue in different
 * orders would block each other.
 */
export const lockLeases = (prisma: Pick<PrismaClient, "$executeRaw">, pixels: Prisma.Sql) =>
  prisma.$executeRaw`
    -- every shop: the condition says whose pixels
    select from pixel_lease where pixel in (select id from destination where ${pixels}) order by pixel for no key update`;

type Because = { readonly reason: string; readonly now: Date };

/** The deliveries of rows that were taken out of the queue. */
const asDeliveries = (
  state: "refused" | "expired",
  { reason, now }: { reason: Prisma.Sql; now: Date },
): Prisma.Sql => Prisma.sql`
  insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, attempts, due_at,
    settled_at, storefront_day, storefront_position)
  select event.shop, event.event_name, event.body->>'event_id', ended.pixel, event.event_time, ${state}, ${reason},
    ended.attempts, ${now}::timestamptz, ${now}::timestamptz, ended.day, ended.position
  from ended cross join lateral storefront_row(ended.day, ended.position) event
  on conflict do nothing`;

export type EndStorefront = {
  readonly shop: ShopDomain;
  readonly reason: Reason;
  readonly now: Date;
  /** Which rows of `storefront_queue queued`. */
  readonly waiting: Prisma.Sql;
  /** Which rows of `delivery` among the shop's open ones of storefront events. */
  readonly moved: Prisma.Sql;
};

/**
 * Withholds storefront events that wait, and deletes the personal data in them. An event that one pixel has already
 * received stays delivered. Must come before the statement that ends their deliveries. Returns the number of events.
 */
export const endStorefront = (
  prisma: PrismaClient,
  { shop, reason, now, waiting, moved }: EndStorefront,
): Prisma.PrismaPromise<number> => prisma.$executeRaw`
  with ended as (
    delete from storefront_queue queued ${waiting}
    returning queued.pixel, queued.day, queued.position, queued.attempts
  ), refused as (
    ${asDeliveries("refused", { reason: Prisma.sql`${reason}`, now })}
  ), still_open as materialized (
    -- One that ends meanwhile is not in here: its event has come to rest, and is counted as what it became.
    select storefront_day, storefront_position from delivery
    where shop = ${shop} and state in ('queued', 'held') and storefront_day is not null and ${moved}
    order by event_name, event_id, destination_id for no key update
  ), open as materialized (
    select array[day] as days, position from ended
    union
    select array[storefront_day], storefront_position from still_open
  )
  update storefront_event event set reason = ${reason}, body = ${WITHOUT_PERSON}, figure_bits = (figure_bits & ~127)::smallint,
    state = case when (select count(*) from ended where ended.day = event.day and ended.position = event.position)
        + (select count(*) from delivery where storefront_position = event.position and delivery.state <> 'delivered')
      < cardinality(pixels) then 'delivered' else 'withheld' end
  from open where event.day = any (open.days) and event.position = open.position and event.shop = ${shop}`;

/** Refuses what waits for a pixel that was disconnected. */
export const refuseQueued = (pixelId: PixelId, { reason, now }: Because): Prisma.Sql => Prisma.sql`
  -- every shop: ends what waits for one pixel, which is one shop's
  with ended as (
    delete from storefront_queue where pixel = ${pixelId}::uuid returning pixel, day, position, attempts
  )
  ${asDeliveries("refused", { reason: Prisma.sql`${reason}`, now })}`;

/** Expires what waits for paused and blocked pixels and is from before this time. */
export const expireQueued = ({
  before,
  reason,
  now,
  limit,
}: Because & { readonly before: Date; readonly limit: number }): Prisma.Sql => Prisma.sql`
  -- every shop: ends what is too old
  with old as (
    select pixel, day, position, state_reason, destination.state from destination cross join lateral (
      select queued.* from storefront_queue queued cross join lateral (
        select event_time from storefront_row(queued.day, queued.position) offset 0
      ) event
      where pixel = destination.id and day <= (${before}::timestamptz at time zone 'UTC')::date and event_time < ${before}::timestamptz
      order by day, position limit ${limit}
    ) queued
    where destination.state <> 'active'
    limit ${limit}
  ), ended as (
    delete from storefront_queue queued using old
    where (queued.pixel, queued.day, queued.position) = (old.pixel, old.day, old.position)
    returning queued.*, coalesce(state_reason, state) as because
  )
  ${asDeliveries("expired", { reason: Prisma.sql`concat_ws(' ', ${reason}::text, because)`, now })}`;
