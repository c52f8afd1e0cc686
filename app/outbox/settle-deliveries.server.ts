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
 * Writes the outcome of each claim that still belongs to its caller, and ends the events that have no open delivery
 * left. Returns one count per list, in order. A delivery to hold stays queued if its pixel is active again. A delivered
 * event resets its pixel's failures.
 */
export async function settleDeliveries(
  prisma: PrismaClient,
  lists: readonly (readonly Settled[])[],
  now: Date,
): Promise<readonly SettledCount[]> {
  const written = prisma.$queryRaw<{ list: number; settled: number }[]>(writeSettled(lists, now));
  const shared = lists
    .flat()
    .filter(({ claim }) => !claim.isOnly && claim.storefrontPosition === undefined)
    .map(({ claim }) => keyOf(claim));
  // Other pixels' deliveries of an event are only visible to a later statement; two that end it at once wait for its
  // lock.
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

/** Updates deliveries, and ends the events that have only this one. */
function writeSettled(lists: readonly (readonly Settled[])[], now: Date): Prisma.Sql {
  const { outcomes, rows } = inOutcomes(lists);
  return Prisma.sql`with outcome as (
      select * from json_to_recordset(${JSON.stringify(outcomes)}::json) as entry(
        outcome int, list int, shop text, destination_id uuid, claimed_by text, state text, reason text, due_at timestamptz,
        trace_id text, attempt_ids bigint[]) limit ${outcomes.length}
    ), input as (
      select outcome.*, event_name, event_id, is_only, position
      from json_to_recordset(${JSON.stringify(rows)}::json) as entry(
        outcome int, event_name text, event_id text, is_only boolean, position bigint) join outcome using (outcome)
      -- Gives PostgreSQL the row count: it assumes a hundred rows, and would scan a small table for two.
      limit ${rows.length}
    ), locked as (
      -- Locks one event after another, in the same order as every other statement.
      select input.* from (select * from input order by shop, event_name, event_id) input left join lateral (
        select from event where (event.shop, event.event_name, event.event_id)
          = (input.shop, input.event_name, input.event_id) for no key update
      ) event on true
    ), pixel as (
      -- The lock makes a concurrent repair wait, which then releases these too; an earlier repair is visible here.
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
          = (input.shop, input.event_name, input.event_id, input.destination_id) and delivery.storefront_position is not distinct from input.position
        -- The concatenation keeps PostgreSQL off the index of queued deliveries, which has the pixel's whole backlog.
        and delivery.claimed_by = input.claimed_by and delivery.state || '' = 'queued'
      returning input.*
    ), ended as (
      update event set state = written.state, reason = written.reason, settled_at = ${now}::timestamptz,
        body = ${bodyAfter(Prisma.sql`written.state`)}
      from written
      where (event.shop, event.event_name, event.event_id) = (written.shop, written.event_name, written.event_id)
        and event.state = 'queued' and is_only and position is null and written.state in ${FINAL}
    ), recovered as (
      update destination set failures = 0, send_after = null
      where id in (select destination_id from outcome where state = 'delivered') and failures > 0
    )
    select list, count(*)::int as settled from written group by list`;
}

const FINAL = Prisma.sql`('delivered', 'withheld', 'refused', 'expired')`;

/** Groups deliveries by outcome, because a thousand accepted events differ only in their IDs. */
function inOutcomes(lists: readonly (readonly Settled[])[]) {
  const outcomes = new Map<
    string,
    ReturnType<typeof outcomeOf> & { readonly outcome: number; readonly list: number }
  >();
  const rowOf = (delivery: Settled, list: number) => {
    const { claim, settlement, traceId, attemptIds } = delivery;
    const said = [...Object.values(settlement), traceId, ...attemptIds];
    const key = [list, claim.pixelId, claim.claimedBy, ...said].join(" ");
    const outcome = outcomes.get(key) ?? { outcome: outcomes.size, list, ...outcomeOf(delivery) };
    outcomes.set(key, outcome);
    const { eventName: event_name, eventId: event_id, isOnly: is_only, storefrontPosition: position } = claim;
    return { outcome: outcome.outcome, event_name, event_id, is_only, position };
  };
  const rows = lists.flatMap((settled, list) => settled.map((delivery) => rowOf(delivery, list)));
  return { outcomes: [...outcomes.values()], rows };
}

const outcomeOf = ({ claim, settlement, traceId, attemptIds }: Settled) => ({
  shop: claim.shop,
  destination_id: claim.pixelId,
  claimed_by: claim.claimedBy,
  state: STATE_AFTER[settlement.kind],
  reason: settlement.kind === "delivered" ? null : settlement.reason,
  due_at: settlement.kind === "retry" ? settlement.at : null,
  trace_id: traceId,
  // JSON has no bigint; PostgreSQL reads one from text.
  attempt_ids: attemptIds.map(String),
});

const keyOf = ({ shop, eventName, eventId }: Claim) => ({ shop, event_name: eventName, event_id: eventId });
