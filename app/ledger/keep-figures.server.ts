import { Prisma, type PrismaClient } from "@prisma/client";

import { DELAY_BOUNDS_S } from "./figure-delays.ts";

// Small enough that no statement holds its locks for long.
const CHANGES_AT_ONCE = 10_000;
const EVENTS_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 5_000;

/** 25 months: a month of the year before last can still be compared. */
const FIGURES_KEPT_DAYS = 761;
const DAY_MS = 86_400_000;

const KEY = Prisma.raw("shop, day, event_name, destination_id, outcome, reason, legs, currency");
const COUNTS = [
  "events",
  "with_em",
  "with_ph",
  "with_fbp",
  "with_fbc",
  "with_external_id",
  "with_ip",
  "with_ua",
  "value_thousandths",
] as const;
const COUNT_COLUMNS = Prisma.raw(COUNTS.join(", "));
const SUMS = Prisma.raw(COUNTS.map((column) => `sum(${column})::bigint`).join(", "));
const ADDED = Prisma.raw(COUNTS.map((column) => `${column} = old.${column} + excluded.${column}`).join(", "));
const DELAYS = Prisma.raw(
  [...DELAY_BOUNDS_S, null].map((_, n) => `coalesce(sum(delays[${n + 1}]), 0)::bigint`).join(", "),
);

/**
 * Adds the changes to the daily figures. Each batch is one statement, so that a change is counted once, whenever the
 * process stops; several workers may do it at once. Returns the number of changes.
 */
export async function foldFigures(prisma: PrismaClient, batch = CHANGES_AT_ONCE): Promise<number> {
  let all = 0;
  for (;;) {
    const [row] = await prisma.$queryRaw<{ taken: number }[]>`
      -- every shop: housekeeping sums up what each has
      with taken as (
        delete from daily_figure_change where ctid = any (array(
          select ctid from daily_figure_change limit ${batch} for update skip locked
        ))
        returning *
      ), summed as (
        insert into daily_figure as old (${KEY}, ${COUNT_COLUMNS}, delays)
        select ${KEY}, ${SUMS}, case when bool_or(cardinality(delays) > 0) then array[${DELAYS}] else '{}' end
        from taken group by ${KEY} order by ${KEY}
        on conflict (${KEY}) do update set ${ADDED}, delays = array(
          select coalesce(one, 0) + coalesce(other, 0)
          from unnest(old.delays, excluded.delays) with ordinality as pair(one, other, n) order by n
        )
      )
      select count(*)::int as taken from taken`;
    const taken = row?.taken ?? 0;
    all += taken;
    if (taken < batch) return all;
  }
}

/**
 * Counts the events from before there were figures, a shop after the other, newest first, for at most so long. Safe to
 * interrupt and to run on several workers. Returns whether all are counted.
 */
export async function backfillFigures(
  prisma: PrismaClient,
  { forMs, batch = EVENTS_AT_ONCE }: { readonly forMs: number; readonly batch?: number },
): Promise<boolean> {
  const stopAt = performance.now() + forMs;
  while (performance.now() < stopAt) {
    const [row] = await prisma.$queryRaw<
      { counted: number | null }[]
    >`select backfill_figures(${batch}::int) as counted`;
    if ((row?.counted ?? null) === null) break;
  }
  return (await prisma.figureBackfill.count()) === 0;
}

/** An event may be this much older than its row, as one of an order that was added later. */
const OLDER_DAYS = 31;

type Deletion = { readonly now: Date; readonly ledgerDays: number; readonly batch?: number };

/**
 * Deletes figures that are older than 25 months, in batches, but none of a day whose events are still kept: the list of
 * events goes by the figures. Returns their number.
 */
export async function deleteOldFigures(prisma: PrismaClient, deletion: Deletion): Promise<number> {
  const { now, ledgerDays, batch = ROWS_AT_ONCE } = deletion;
  const before = new Date(now.getTime() - Math.max(FIGURES_KEPT_DAYS, ledgerDays + OLDER_DAYS) * DAY_MS);
  let all = 0;
  for (;;) {
    const deleted = await prisma.$executeRaw`
      -- every shop: figures are kept as long everywhere
      delete from daily_figure where ctid = any (array(
        select ctid from daily_figure where day < ${before}::date limit ${batch} for update skip locked
      ))`;
    all += deleted;
    if (deleted < batch) return all;
  }
}
