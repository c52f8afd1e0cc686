import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import type { Reason } from "../event-contract/reason.ts";
import { inBatches } from "./through-ages.server.ts";

const TOO_OLD: Reason = "too-old";
const DAY_MS = 86_400_000;
// An event may be seven days old when it arrives.
const BACK_DAYS = 8;
// What the job may miss without an event going to the default partition.
const AHEAD_DAYS = 3;

/** The date in UTC, as PostgreSQL reads it. */
const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);
const daysFrom = (moment: Date, days: number): string => dayOf(new Date(moment.getTime() + days * DAY_MS));

// Both need the table for themselves for a moment. Where a long query has it, they give up at once and are repeated by
// the next run, because every event would wait behind them.
const LOCK_TIMEOUT = Prisma.sql`set local lock_timeout = '500ms'`;

/** Makes the partitions of the days to come, and of those whose events may still arrive. Returns how many are new. */
export async function makeStorefrontDays(prisma: PrismaClient, now: Date): Promise<number> {
  const [first, last] = [daysFrom(now, -BACK_DAYS), daysFrom(now, AHEAD_DAYS)];
  if (await areThere(prisma, first, last)) return 0;
  const [, [made]] = await prisma.$transaction([
    prisma.$executeRaw(LOCK_TIMEOUT),
    prisma.$queryRaw<[{ days: number }]>`select storefront_make_days(${first}::date, ${last}::date) as days`,
  ]);
  return made.days;
}

async function areThere(prisma: PrismaClient, first: string, last: string): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ missing: boolean }[]>`
    select exists (
      select from generate_series(${first}::timestamp, ${last}::timestamp, '1 day') as wanted
      where to_regclass('storefront_event_' || to_char(wanted, 'YYYYMMDD')) is null
    ) as missing`;
  return row?.missing === false;
}

/**
 * Drops the days before this one whole, with what is left of them elsewhere. Returns how many. Nothing can still be sent
 * from them.
 */
export async function dropStorefrontDays(prisma: PrismaClient, before: Date, batch: number): Promise<number> {
  const day = dayOf(before);
  await inBatches(batch, () => expireLeftOver(prisma, day, batch));
  await inBatches(
    batch,
    () => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      delete from delivery where ctid = any (array(
        select ctid from delivery where storefront_position is not null and storefront_day < ${day}::date
        limit ${batch} for update skip locked))`,
  );
  // Rows of days for which there was no partition.
  await inBatches(
    batch,
    () => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      delete from storefront_event_default where ctid = any (array(
        select ctid from storefront_event_default where day < ${day}::date limit ${batch} for update skip locked))`,
  );
  const [, [dropped]] = await prisma.$transaction([
    prisma.$executeRaw(LOCK_TIMEOUT),
    prisma.$queryRaw<[{ days: number }]>`select storefront_drop_days(${day}::date) as days`,
  ]);
  return dropped.days;
}

/** What still waits on these days expires, which the daily figures count. Returns how many rows of the queue are gone. */
async function expireLeftOver(prisma: PrismaClient, day: string, batch: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ ended: number }[]>`
    -- every shop: rows are kept as long everywhere
    with ended as (
      delete from storefront_queue where ctid = any (array(
        select ctid from storefront_queue where day < ${day}::date limit ${batch} for update skip locked))
      returning pixel, day, position, attempts
    ), expired as (
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, attempts, due_at,
        settled_at, storefront_day, storefront_position)
      -- Reads with a function, as end-storefront.server.ts does and for its reason.
      select event.shop, event.event_name, event.body->>'event_id', pixel, event.event_time, 'expired', ${TOO_OLD}, attempts,
        now(), now(), ended.day, ended.position
      from ended cross join lateral storefront_row(ended.day, ended.position) event
      on conflict do nothing
    )
    select count(*)::int as ended from ended`;
  return row?.ended ?? 0;
}

/** Removes the personal data where it is kept for a shorter time than the events. Reads each day once. */
export async function emptyStorefrontBodies(prisma: PrismaClient, before: Date, batch: number): Promise<number> {
  const task = "storefront-bodies";
  const done = await prisma.housekeeping.findUnique({ where: { task } });
  const from = done ? dayOf(done.doneUntil) : "-infinity";
  const until = dayOf(before);
  const emptied = await inBatches(
    batch,
    () => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      with old as materialized (
        select array[day] as days, position from storefront_event
        where day >= ${from}::date and day < ${until}::date and (body->'user_data')::text <> '{}'
          and not exists (select from storefront_queue queued where queued.pixel = any (pixels)
            and queued.day = storefront_event.day and queued.position = storefront_event.position)
        limit ${batch}
      )
      update storefront_event event
      set body = ${withoutPersonIn("event.body::jsonb")}::json
      -- An array of one day, as in end-storefront.server.ts and for its reason.
      from old where event.day = any (old.days) and event.position = old.position
        and event.day >= ${from}::date and event.day < ${until}::date`,
  );
  // A week later, because an event of a day may arrive, or end, a week after it.
  const passed = new Date(before.getTime() - BACK_DAYS * DAY_MS);
  await prisma.$executeRaw`
    insert into housekeeping (task, done_until) values (${task}, ${passed}::timestamptz)
    on conflict (task) do update set done_until = greatest(housekeeping.done_until, excluded.done_until)`;
  return emptied;
}
