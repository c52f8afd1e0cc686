import type { PrismaClient } from "@prisma/client";

import { finishEvents } from "./finish-events.server.ts";
import type { Settled, Settlement } from "./types.ts";

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
 * Writes Meta's word for each claim that is still the caller's, and ends the events that have no delivery left. What is
 * to be held for a pixel that works again by now stays queued. An accepted event ends its pixel's series of failures.
 */
export async function settleDeliveries(
  prisma: PrismaClient,
  settled: readonly Settled[],
  now: Date,
): Promise<SettledCount> {
  const rows = JSON.stringify(settled.map(rowOf));
  const [counted] = await prisma.$transaction([
    prisma.$queryRaw<{ settled: number }[]>`
      with input as (
        select * from json_to_recordset(${rows}::json) as entry(
          shop text, event_name text, event_id text, destination_id uuid, claimed_by text, state text, reason text,
          due_at timestamptz, trace_id text, attempt_ids bigint[])
      ), locked as (
        select shop, event_name, event_id from event
        where (shop, event_name, event_id) in (select shop, event_name, event_id from input)
        order by shop, event_name, event_id
        for no key update
      ), pixel as (
        -- The lock makes a repair wait, which then releases these too; one that came first is seen here.
        select id, state from destination
        where id in (select destination_id from input where state = 'held') for share
      ), mended as (
        select id from pixel where state = 'active'
      ), written as (
        update delivery set
          state = case when input.state = 'held' and input.destination_id in (select id from mended) then 'queued'
            else input.state end,
          reason = input.reason, due_at = coalesce(input.due_at, delivery.due_at),
          attempts = delivery.attempts + 1, attempt_ids = delivery.attempt_ids || input.attempt_ids,
          claimed_by = null, claimed_until = null, trace_id = coalesce(input.trace_id, delivery.trace_id),
          settled_at = case when input.state in ('delivered', 'withheld', 'refused', 'expired') then ${now}::timestamptz end
        from input join locked using (shop, event_name, event_id)
        where (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id)
            = (input.shop, input.event_name, input.event_id, input.destination_id)
          and delivery.claimed_by = input.claimed_by and delivery.state = 'queued'
        returning 1
      ), recovered as (
        update destination set failures = 0, send_after = null
        where id in (select destination_id from input where state = 'delivered') and failures > 0
      )
      select count(*)::int as settled from written`,
    prisma.$executeRaw(finishEvents(rows, now)),
  ]);
  const count = counted[0]?.settled ?? 0;
  return { settled: count, lost: settled.length - count };
}

const rowOf = ({ claim, settlement, traceId, attemptIds }: Settled) => ({
  shop: claim.shop,
  event_name: claim.eventName,
  event_id: claim.eventId,
  destination_id: claim.destinationId,
  claimed_by: claim.claimedBy,
  state: STATE_AFTER[settlement.kind],
  reason: settlement.kind === "delivered" ? null : settlement.reason,
  due_at: settlement.kind === "retry" ? settlement.at : null,
  trace_id: traceId,
  // JSON has no bigint; PostgreSQL reads one from text.
  attempt_ids: attemptIds.map(String),
});
