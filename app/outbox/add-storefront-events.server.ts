import { Prisma, type PrismaClient } from "@prisma/client";

import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import { isErased, type Writing } from "./is-erased.server.ts";
import type { DecidedAdded } from "./add-events.server.ts";
import type { PostedEvent } from "./rows-to-add.server.ts";
import { storefrontRow } from "./storefront-row.ts";

/** The key that two events of one statement must not share. */
export const keyOfStorefront = ({ event: { shop, body } }: PostedEvent): string =>
  `${shop} ${body.event_name} ${body.event_id}`;

/**
 * Writes storefront events, and what waits for each pixel, in one statement. An event that is there already stays as it
 * is. An erased person's event is withheld and stored without personal data. So is one whose pixels are gone, or whose
 * shop has uninstalled, since its profile was read. Gives a list of
 * answers a post. Events must not share a key (keyOfStorefront).
 */
export async function addStorefrontEvents(
  prisma: PrismaClient,
  posts: readonly (readonly PostedEvent[])[],
  { now, digestsOf }: Writing,
): Promise<readonly (readonly DecidedAdded[])[]> {
  const events = posts.flat();
  const rows = JSON.stringify(
    events.map((one, n) => ({ n, digests: digestsOf?.event(one.event) ?? [], ...storefrontRow(one) })),
  );
  const answers = await prisma.$queryRaw<DecidedAdded[]>`${CACHED_PLAN}
    -- every shop: requests that arrive together share the statement, and each row contains its shop
    with input as materialized (
      ${admissible(rows, now)}
    ), written as (
      insert into storefront_event (created_at, event_time, key, day, settings_version, shop, event_name, pixels, order_id,
        checkout_token, state, reason, browser_leg, consent, body, figure_bits)
      select ${now}::timestamptz, event_time, key, day, settings_version, shop, event_name, coalesce(ids, '{}'), order_id,
        checkout_token, state, reason, browser_leg, consent, body, figure_bits
      from input where not ${IS_THERE} order by n
      on conflict (key, day) do nothing
      returning position, day, key, pixels
    ), waiting as (
      insert into storefront_queue (pixel, day, position)
      select pixel, day, position from written cross join unnest(pixels) as pixel
    )
    select case when written.key is null then 'already-there' else 'added' end as outcome,
      written.key is not null and is_decided as "isDecided",
      case when written.key is not null then coalesce(queued, '{}') else '{}' end as queued
    from input left join written using (key, day) order by input.n`;
  if (answers.length !== events.length) throw new Error("the statement returned no result for some event");
  let next = 0;
  return posts.map(({ length }) => answers.slice(next, (next += length)));
}

/**
 * The same event in `event`, where an older version or another way wrote it; or in a neighboring day. A post that comes
 * again word for word has the later time of its arrival; one that a browser makes anew may differ by a little either way.
 */
const IS_THERE = Prisma.sql`(
    exists (select from event where (event.shop, event.event_name, event.event_id)
      = (input.shop, input.event_name, input.event_id))
    or exists (select from storefront_event there where there.key = input.key and there.day = input.day - 1)
    or (((event_time + interval '1 hour') at time zone 'UTC')::date <> input.day and exists (
      select from storefront_event there where there.key = input.key and there.day = input.day + 1))
  )`;

/** As in addEvents, for rows that are decided. */
const admissible = (rows: string, now: Date): Prisma.Sql => Prisma.sql`
  select n, shop, event_name, event_id, order_id, settings_version, browser_leg_kept as browser_leg,
    to_timestamp(at) as event_time, (to_timestamp(at) at time zone 'UTC')::date as day, storefront_key(shop, event_name, event_id) as key,
    case when not erased then checkout_token end as checkout_token,
    case when ended is null then state else 'withheld' end as state, coalesce(ended, reason) as reason,
    case when ended is null then consent when erased or uninstalled then ${FORGOTTEN} else consent end as consent,
    case when ended is null then body else (${AS_IT_CAME})::json end as body,
    (pixels is not null or consent->>0 is not null) and not (erased or uninstalled) as is_decided,
    -- Of an erased person, the browser leg is not kept.
    (case when erased then bits & 127 else bits end)::smallint as figure_bits, ids, queued
  from (
    select * from json_to_recordset(${rows}::json) as entry(
      n int, digests text[], shop text, event_name text, event_id text, at bigint, settings_version int, order_id text,
      checkout_token text, state text, reason text, browser_leg json, consent json, body json, bits int, before jsonb, added text[],
      pixels uuid[])
  ) given
    -- "offset 0" makes PostgreSQL look once for each row, not once for each column that depends on it.
    cross join lateral (select ${isErased(now)} as erased, exists (
      select from shop where domain = given.shop and uninstalled_at is not null and consent->>0 is not null
    ) as uninstalled offset 0) known
    cross join lateral (${TARGETS}) target
    cross join lateral (
      select case when erased then 'customer-redacted' when uninstalled then 'app-uninstalled'
        when pixels is not null and ids is null then 'no-pixel' end as ended,
        case when not erased then browser_leg end as browser_leg_kept
      offset 0
    ) ending`;

/** Without the person, and without what the decision changed. */
const AS_IT_CAME = Prisma.sql`((((body::jsonb || coalesce(before, '{}')) - coalesce(added, '{}')
  - '{event_source_url,referrer_url}'::text[]) || '{"user_data": {}}') #- case when erased then '{custom_data,search_string}'::text[] else '{}' end)`;

/** No decision; of an erased person no answer either. */
const FORGOTTEN = Prisma.sql`case when erased then '[]'::json
  else json_build_array(null, null, consent->2, consent->3, consent->4) end`;

/**
 * The pixels as they are in the database, locked so that a disconnection waits and then ends these too. Within a
 * function: see docs/limits.md about PostgreSQL 18.
 */
const TARGETS = Prisma.sql`
  select ids, queued from lock_pixels(case when not (erased or uninstalled) then given.pixels end, given.shop) offset 0`;
