import { Prisma, type PrismaClient } from "@prisma/client";

import { bodyAfter, finishEvents } from "./finish-events.server.ts";
import type { Claim, Settled, Settlement } from "./types.ts";

export type SettledCount = {
  readonly settled: number;
  /** Claims that another worker had taken over: nothing was written for them. */
  readonly lost: number;
};

const STATE_AFTER = {
  delivered: "delivered",
  retry: "queued",
  refused: "refused",
  withheld: "withheld",
  expired: "expired",
  held: "held",
} as const satisfies Record<Settlement["kind"], string>;

/**
 * Writes Meta's word for each claim that is still its caller's, and ends the events that have no delivery left; one count
 * for each caller's list, in their order. What is to be held for a pixel that works again by now stays queued. An
 * accepted event ends its pixel's series of failures.
 */
export async function settleDeliveries(
  prisma: PrismaClient,
  lists: readonly (readonly Settled[])[],
  now: Date,
): Promise<readonly SettledCount[]> {
  const written = prisma.$queryRaw<{ list: number; settled: number }[]>(writeSettled(lists, now));
  const shared = lists
    .flat()
    .filter(({ claim }) => !claim.isOnly)
    .map(({ claim }) => keyOf(claim));
  // What other pixels have of an event is seen by a later statement alone: two that end it at once wait for its lock.
  const [counted] =
    shared.length === 0
      ? [await written]
      : await prisma.$transaction([written, prisma.$executeRaw(finishEvents(shared, now))]);
  const counts = new Map(counted.map(({ list, settled }) => [list, settled]));
  return lists.map((list, n) => {
    const settled = counts.get(n) ?? 0;
    return { settled, lost: list.length - settled };
  });
}

/** Deliveries, and the events that end with them because they have no other. */
function writeSettled(lists: readonly (readonly Settled[])[], now: Date): Prisma.Sql {
  const { outcomes, rows } = inOutcomes(lists);
  return Prisma.sql`with outcome as (
      select * from json_to_recordset(${JSON.stringify(outcomes)}::json) as entry(
        outcome int, list int, shop text, destination_id uuid, claimed_by text, state text, reason text, due_at timestamptz,
        trace_id text, attempt_ids bigint[]) limit ${outcomes.length}
    ), input as (
      select outcome.*, event_name, event_id, is_only
      from json_to_recordset(${JSON.stringify(rows)}::json) as entry(
        outcome int, event_name text, event_id text, is_only boolean) join outcome using (outcome)
      -- Tells PostgreSQL how many there are: it expects a hundred, and would read all of a small table for two.
      limit ${rows.length}
    ), locked as (
      -- One look-up after the other, in the order in which everybody locks events.
      select input.* from (select * from input order by shop, event_name, event_id) input cross join lateral (
        select from event where (event.shop, event.event_name, event.event_id)
          = (input.shop, input.event_name, input.event_id) for no key update
      ) event
    ), pixel as (
      -- The lock makes a repair wait, which then releases these too; one that came first is seen here.
      select id, state from destination
      where id in (select destination_id from outcome where state = 'held') for share
    ), mended as (
      select id from pixel where state = 'active'
    ), written as (
      update delivery set
        state = case when input.state = 'held' and input.destination_id in (select id from mended) then 'queued'
          else input.state end,
        reason = input.reason, due_at = coalesce(input.due_at, delivery.due_at),
        attempts = delivery.attempts + 1, attempt_ids = delivery.attempt_ids || input.attempt_ids,
        claimed_by = null, claimed_until = null, trace_id = coalesce(input.trace_id, delivery.trace_id),
        settled_at = case when input.state in ${FINAL} then ${now}::timestamptz end
      from locked input
      where (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id)
          = (input.shop, input.event_name, input.event_id, input.destination_id)
        -- Written so that the index of queued deliveries is no way to them: it holds the pixel's whole backlog.
        and delivery.claimed_by = input.claimed_by and delivery.state || '' = 'queued'
      returning input.*
    ), ended as (
      update event set state = written.state, reason = written.reason, settled_at = ${now}::timestamptz,
        body = ${bodyAfter(Prisma.sql`written.state`)}
      from written
      where (event.shop, event.event_name, event.event_id) = (written.shop, written.event_name, written.event_id)
        and event.state = 'queued' and is_only and written.state in ${FINAL}
    ), recovered as (
      update destination set failures = 0, send_after = null
      where id in (select destination_id from outcome where state = 'delivered') and failures > 0
    )
    select list, count(*)::int as settled from written group by list`;
}

const FINAL = Prisma.sql`('delivered', 'withheld', 'refused', 'expired')`;

/** What most of a batch have in common is written once: a thousand events that Meta took differ in their ids alone. */
function inOutcomes(lists: readonly (readonly Settled[])[]) {
  const outcomes = new Map<
    string,
    ReturnType<typeof outcomeOf> & { readonly outcome: number; readonly list: number }
  >();
  const rowOf = (each: Settled, list: number) => {
    const { claim, settlement, traceId, attemptIds } = each;
    const said = [...Object.values(settlement), traceId, ...attemptIds];
    const key = [list, claim.destinationId, claim.claimedBy, ...said].join(" ");
    const outcome = outcomes.get(key) ?? { outcome: outcomes.size, list, ...outcomeOf(each) };
    outcomes.set(key, outcome);
    return { outcome: outcome.outcome, event_name: claim.eventName, event_id: claim.eventId, is_only: claim.isOnly };
  };
  const rows = lists.flatMap((settled, list) => settled.map((each) => rowOf(each, list)));
  return { outcomes: [...outcomes.values()], rows };
}

const outcomeOf = ({ claim, settlement, traceId, attemptIds }: Settled) => ({
  shop: claim.shop,
  destination_id: claim.destinationId,
  claimed_by: claim.claimedBy,
  state: STATE_AFTER[settlement.kind],
  reason: settlement.kind === "delivered" ? null : settlement.reason,
  due_at: settlement.kind === "retry" ? settlement.at : null,
  trace_id: traceId,
  // JSON has no bigint; PostgreSQL reads one from text.
  attempt_ids: attemptIds.map(String),
});

const keyOf = ({ shop, eventName, eventId }: Claim) => ({ shop, event_name: eventName, event_id: eventId });
