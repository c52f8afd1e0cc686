import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import type { SettledCount } from "./settle-deliveries.server.ts";
import type { Settled, Settlement } from "./types.ts";

/** What becomes of a waiting row: it goes, it stays, or it becomes a delivery with this state. */
type Fate = "delivered" | "stays" | "queued" | "refused" | "withheld" | "expired";

/**
 * Writes the outcomes of storefront events, in one statement, if their pixel's lease still belongs to the caller. An
 * accepted event is only taken out of the queue. One that waits with its pixel stays there. One that waits by itself or
 * ends otherwise becomes a delivery. Returns one count per list, in order. A delivered event resets its pixel's failures.
 */
export async function settleStorefront(
  prisma: PrismaClient,
  lists: readonly (readonly Settled[])[],
  now: Date,
): Promise<readonly SettledCount[]> {
  const counted = await prisma.$queryRaw<{ list: number; settled: number }[]>(writeOutcomes(lists, now));
  const counts = new Map(counted.map(({ list, settled }) => [list, settled]));
  await forgetWithheld(prisma, lists.flat());
  return lists.map((list, n) => {
    const settled = counts.get(n) ?? 0;
    return { settled, lost: list.length - settled };
  });
}

const writeOutcomes = (lists: readonly (readonly Settled[])[], now: Date): Prisma.Sql => Prisma.sql`${CACHED_PLAN}
  with outcome as materialized (
    select * from json_to_recordset(${JSON.stringify(inOutcomes(lists, now))}::json) as entry(
      list int, pixel uuid, holder text, fate text, reason text, due_at timestamptz, trace_id text,
      days date[], positions bigint[])
  ), fence as materialized (
    -- A lease that another worker took over, also while this waits for its row, is not in here.
    select lease.pixel, lease.holder from pixel_lease lease
    where (lease.pixel, lease.holder) in (select pixel, holder from outcome)
    order by lease.pixel for no key update
  ), place as materialized (
    select list, pixel, fate, reason, due_at, trace_id, day, position
    from outcome join fence using (pixel, holder) cross join unnest(days, positions) as of_outcome(day, position)
  ), waiting as materialized (
    ${WITH_ROWS}
  ), removed as (
    delete from storefront_queue where ctid = any (array(select row_place from waiting where fate <> 'stays'))
    returning pixel, day, position
  ), gone as materialized (
    select waiting.* from waiting join removed using (pixel, day, position)
  ), kept as (
    update storefront_queue queued set attempts = attempts + 1, reason = (
      select reason from waiting where (waiting.pixel, waiting.day, waiting.position)
        = (queued.pixel, queued.day, queued.position)
    )
    where ctid = any (array(select row_place from waiting where fate = 'stays'))
    returning pixel, day, position
  ), done as (
    select list from gone union all select list from waiting join kept using (pixel, day, position)
  ), moved as (
    insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, attempts, due_at,
      trace_id, settled_at, storefront_day, storefront_position)
    select event.shop, event.event_name, event.body->>'event_id', pixel, event.event_time, fate, gone.reason, attempts + 1,
      coalesce(due_at, ${now}::timestamptz), trace_id,
      case when fate <> 'queued' then ${now}::timestamptz end, gone.day, gone.position
    from (select * from gone where fate <> 'delivered' offset 0) gone
      cross join lateral storefront_row(gone.day, gone.position) event
    on conflict do nothing
  ), closed as (
    update pixel_lease lease set turn = turn + 1, open = open - spoken.events,
      holder = case when open > spoken.events then holder end, until = case when open > spoken.events then until end
    -- Also for those that something else has ended meanwhile.
    from (select pixel, count(*) as events from place group by pixel) spoken
    where lease.pixel = spoken.pixel
  ), recovered as (
    update destination set failures = 0, send_after = null
    where id in (select pixel from outcome where fate = 'delivered') and failures > 0
  )
  select list, count(*)::int as settled from done group by list`;

/** The places that are still in the queue, with their rows. */
const WITH_ROWS = Prisma.sql`
    select place.*, there.row_place, there.attempts from place cross join lateral (
      select ctid as row_place, attempts from storefront_queue queued
      where queued.pixel = place.pixel and queued.day = place.day and queued.position = place.position
      -- Forces an index lookup, however long the queue was when this was planned.
      offset 0
    ) there`;

const FATE = {
  delivered: "delivered",
  // The pixel that cannot be sent to holds it: the queue's row says nothing of that.
  held: "stays",
  refused: "refused",
  withheld: "withheld",
  expired: "expired",
} as const satisfies Record<Exclude<Settlement["kind"], "retry">, Fate>;

/** An event that is due at once waits with its pixel. */
const fateOf = (settlement: Settlement, now: Date): Fate => {
  if (settlement.kind !== "retry") return FATE[settlement.kind];
  return settlement.at > now ? "queued" : "stays";
};

type Outcome = ReturnType<typeof outcomeOf> & {
  readonly list: number;
  readonly days: string[];
  readonly positions: number[];
};

/** Groups events by outcome, because a thousand accepted events differ only in their places. */
function inOutcomes(lists: readonly (readonly Settled[])[], now: Date): readonly Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const [list, settled] of lists.entries()) {
    for (const one of settled) {
      const { claim } = one;
      if (claim.storefront === undefined) continue;
      const said = outcomeOf(one, now);
      const key = JSON.stringify([list, said]);
      const outcome = outcomes.get(key) ?? { ...said, list, days: [], positions: [] };
      outcome.days.push(claim.storefront.day);
      outcome.positions.push(claim.storefront.position);
      outcomes.set(key, outcome);
    }
  }
  return [...outcomes.values()];
}

function outcomeOf({ claim, settlement, traceId }: Settled, now: Date) {
  const fate = fateOf(settlement, now);
  const lease = { pixel: claim.pixelId, holder: claim.claimedBy, fate };
  // The request that carried an accepted event has its position and Meta's answer.
  if (settlement.kind === "delivered") return lease;
  const due_at = settlement.kind === "retry" ? settlement.at : null;
  return { ...lease, reason: settlement.reason, due_at, trace_id: traceId };
}

/**
 * Removes the personal data from events that no pixel got or will get. A later statement, which sees all pixels' ends.
 * Finds an event by an array of one day, as end-storefront.server.ts does and for its reason.
 */
async function forgetWithheld(prisma: PrismaClient, settled: readonly Settled[]): Promise<void> {
  const places = settled.flatMap(({ claim, settlement }) =>
    settlement.kind === "withheld" && claim.storefront !== undefined
      ? [{ shop: claim.shop, days: [claim.storefront.day], position: claim.storefront.position }]
      : [],
  );
  if (places.length === 0) return;
  await prisma.$executeRaw`
    update storefront_event event set body = ${WITHOUT_PERSON}
    from json_to_recordset(${JSON.stringify(places)}::json) as place(shop text, days date[], position bigint)
    where event.day = any (place.days) and event.position = place.position and event.shop = place.shop
      and (select count(*) from delivery where storefront_position = event.position and delivery.state = 'withheld')
        = cardinality(event.pixels)`;
}

/** The body of a storefront event that is never sent. The same as `withoutPerson`. */
export const WITHOUT_PERSON = Prisma.sql`${withoutPersonIn("event.body::jsonb")}::json`;
