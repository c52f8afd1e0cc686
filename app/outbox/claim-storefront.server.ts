import { Prisma, type PrismaClient } from "@prisma/client";

import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import { ASYNC_COMMIT } from "./async-commit.server.ts";
import {
  type ClaimedBatch,
  type ClaimMoment,
  type ClaimRequest,
  claimsOfBatches,
  sendablePixels,
} from "./claimed-batches.server.ts";
import type { Claim } from "./types.ts";

/**
 * Takes the lease of each pixel that is active and has storefront events to send, and returns the events, the oldest day
 * first: one list per request, in order. A pixel whose lease another worker has gives none. Each pixel may be requested
 * only once.
 */
export async function claimStorefront(
  prisma: PrismaClient,
  requested: readonly ClaimRequest[],
  moment: ClaimMoment,
): Promise<readonly Claim[][]> {
  const batches = await prisma.$queryRaw<ClaimedBatch[]>(takeLeases(requested, moment));
  // The order of the columns is that of json_build_array below.
  return claimsOfBatches(requested, batches, ([day, position]: [day: string, position: number]) => ({
    actionSource: "website",
    storefront: { day, position },
  }));
}

/**
 * The lease is taken only if it is as this statement's snapshot has it (`turn`): otherwise its last holder may have
 * deleted, after the snapshot, what is read here. JSON.stringify and PostgreSQL's own JSON write no line breaks into a
 * body.
 */
const takeLeases = (
  requested: readonly ClaimRequest[],
  { now, until }: ClaimMoment,
): Prisma.Sql => Prisma.sql`${CACHED_PLAN}
  -- every shop: the worker claims by the pixel, which is one shop's
  with free as materialized (
    select sendable.*, lease.turn from (${sendablePixels(requested, now)}) sendable
      left join lateral (select turn, until from pixel_lease where pixel = sendable.id offset 0) lease on true
    where lease.until is null or lease.until <= ${now}::timestamptz
  ), batch as materialized (
    select free.n, free.id, queued.* from free cross join lateral (
      select day, position, attempts, reason from storefront_queue where pixel = free.id
      order by day, position limit free.most
    ) queued
  ), counted as (
    select free.*, (select count(*) from batch where batch.n = free.n) as open from free
  ), begun as (
    insert into pixel_lease (pixel, turn, holder, until, open)
    select id, 1, claimed_by, ${until}::timestamptz, open from counted
    where turn is null and open > 0 and ${ASYNC_COMMIT} order by id
    on conflict (pixel) do nothing
    returning pixel
  ), taken as materialized (
    -- Within a function: see docs/limits.md about PostgreSQL 18.
    select id as pixel from counted where open > 0 and turn is not null and ${ASYNC_COMMIT}
      and take_lease(id, turn, claimed_by, ${until}::timestamptz, open::int)
  ), described as (
    ${DESCRIBED}
  )
  select n, min(shop) as shop, json_agg(facts order by day, position)::text as facts,
    string_agg(body, e'\\n' order by day, position) as bodies from described group by n`;

/** What the worker has to know of each event. */
const DESCRIBED = Prisma.sql`
    select free.n, free.shop, storefront.body::text as body, json_build_array(
      event_name, body->>'event_id', extract(epoch from event_time) * 1000, attempts, batch.reason,
      cardinality(pixels) = 1,
      case when browser_leg->>'sent' = 'true'
        -- A leg without pixel IDs went to all pixels.
        and coalesce(jsonb_exists((browser_leg->'to')::jsonb, pixel_id), true)
        then extract(epoch from created_at) * 1000 end,
      batch.day, batch.position) as facts, batch.day, batch.position
    from batch join free using (n) cross join lateral (
      select event_name, body, event_time, pixels, browser_leg, created_at from storefront_event there
      where there.day = batch.day and there.position = batch.position
      offset 0
    ) storefront
    where free.id in (select pixel from begun union all select pixel from taken)`;

/** How many events of each lease the claims are, and whose lease it is. */
function leasesOf(claims: readonly Claim[]): string {
  const leases = new Map<string, { pixel: string; holder: string; events: number }>();
  for (const { pixelId, claimedBy } of claims) {
    const lease = leases.get(`${pixelId} ${claimedBy}`) ?? { pixel: pixelId, holder: claimedBy, events: 0 };
    leases.set(`${pixelId} ${claimedBy}`, { ...lease, events: lease.events + 1 });
  }
  return JSON.stringify([...leases.values()]);
}

const given = (claims: readonly Claim[]): Prisma.Sql =>
  Prisma.sql`json_to_recordset(${leasesOf(claims)}::json) as given(pixel uuid, holder text, events int)`;

/** Gives events back unsent. The lease ends with the last of its events. */
export async function releaseLeases(prisma: PrismaClient, claims: readonly Claim[]): Promise<void> {
  await prisma.$executeRaw`
    update pixel_lease set turn = turn + 1, open = open - events,
      holder = case when open > events then pixel_lease.holder end, until = case when open > events then until end
    from ${given(claims)}
    where pixel_lease.pixel = given.pixel and pixel_lease.holder = given.holder`;
}

/** Extends the leases while their worker runs. Returns how many of the claims still belong to it. */
export async function renewLeases(prisma: PrismaClient, claims: readonly Claim[], until: Date): Promise<number> {
  const places = JSON.stringify(
    claims.map(({ pixelId, claimedBy, storefront }) => ({ pixel: pixelId, holder: claimedBy, ...storefront })),
  );
  const [row] = await prisma.$queryRaw<{ own: number }[]>`
    with renewed as (
      update pixel_lease set turn = turn + 1, until = ${until}::timestamptz
      from ${given(claims)}
      where pixel_lease.pixel = given.pixel and pixel_lease.holder = given.holder
      returning pixel_lease.pixel, pixel_lease.holder
    )
    select count(*)::int as own
    from json_to_recordset(${places}::json) as place(pixel uuid, holder text, day date, position bigint)
      join renewed using (pixel, holder) join storefront_queue using (pixel, day, position)`;
  return row?.own ?? 0;
}

/** For a database with a single process: every lease at startup belongs to a dead process. */
export const releaseEveryLease = (prisma: PrismaClient): Promise<number> =>
  prisma.$executeRaw`update pixel_lease set turn = turn + 1, holder = null, until = null where holder is not null`;
