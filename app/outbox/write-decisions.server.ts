import type { PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import type { Decision } from "./types.ts";
import { HELD_BECAUSE, stateOfDelivery } from "./as-decided.server.ts";
import { ASYNC_COMMIT } from "./async-commit.server.ts";

/**
 * Writes decisions in one statement, only for events that are still undecided: either a delivery for each pixel, or the
 * reason why there is none, with the personal data removed. A delivery to a paused or blocked pixel is held. An event
 * whose pixels no longer exist is withheld as `no-pixel`.
 */
export async function writeDecisions(prisma: PrismaClient, decisions: readonly Decision[], now: Date): Promise<void> {
  const rows = JSON.stringify(decisions.map(rowOf));
  await prisma.$executeRaw`
    with input as (
      select * from json_to_recordset(${rows}::json) as entry(
        shop text, event_name text, event_id text, body jsonb, consent jsonb, reason text, ending text,
        net_revenue jsonb, pixels uuid[])
      -- Gives PostgreSQL the row count: it assumes a hundred rows, and would scan a small table for two.
      limit ${decisions.length}
    ), undecided as (
      select input.*, event.event_time, event.is_test
      from input join event using (shop, event_name, event_id)
      where event.state = 'joining'
      order by shop, event_name, event_id
      for no key update of event
    ), target as (
      -- The lock makes a concurrent disconnection wait, so that no delivery is left without its pixel.
      select undecided.shop, event_name, event_id, event_time, is_test, pixel.id, ${HELD_BECAUSE} as because
      from undecided join destination pixel on pixel.id = any (pixels) and pixel.shop = undecided.shop
      for key share of pixel
    ), outbox as (
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, due_at, is_test)
      select shop, event_name, event_id, id, event_time, ${stateOfDelivery("because")}, because, ${now}::timestamptz, is_test
      from target order by shop, event_name, event_id, id
      on conflict do nothing
    ), decided as (
      select undecided.*,
        coalesce(reason, case when (shop, event_name, event_id) not in (
          select shop, event_name, event_id from target
        ) then 'no-pixel' end) as withheld_because
      from undecided
    )
    update event set
      state = case when withheld_because is null then 'queued' else coalesce(ending, 'withheld') end,
      reason = withheld_because,
      body = case when withheld_because is null then decided.body
        else ${withoutPersonIn("event.body")} end,
      consent = decided.consent, net_revenue = decided.net_revenue,
      -- A JSON null is not a signal.
      signal = coalesce(nullif(decided.consent->'signal', 'null'), event.signal),
      decide_at = null, settled_at = case when withheld_because is not null then ${now}::timestamptz end
    from decided
    where (event.shop, event.event_name, event.event_id) = (decided.shop, decided.event_name, decided.event_id)
      and ${ASYNC_COMMIT}`;
  if (decisions.some(({ kind }) => kind === "withhold")) await forgetVisitors(prisma, rows);
}

/**
 * Removes the visitor from the receipts of sales that were not sent. A separate statement, because addReceipts locks
 * receipts before events, and locking them in the other order could deadlock.
 */
const forgetVisitors = (prisma: PrismaClient, rows: string): Promise<number> => prisma.$executeRaw`
  with ended as (
    select event.shop, checkout_token, order_id
    from json_to_recordset(${rows}::json) as entry(shop text, event_name text, event_id text)
      join event using (shop, event_name, event_id)
    where event_name = 'Purchase' and event.state in ('withheld', 'refused')
  )
  update browser_context set others = '[]', receipt = receipt - '{fbp,fbc,ip,userAgent,url,referrer}'::text[]
  where id in (
    select id from browser_context context join ended on ended.shop = context.shop
      and ended.checkout_token = context.checkout_token
    union
    select id from browser_context context join ended on ended.shop = context.shop and ended.order_id = context.order_id
  )`;

const rowOf = (decision: Decision) => ({
  shop: decision.key.shop,
  event_name: decision.key.eventName,
  event_id: decision.key.eventId,
  consent: decision.consent,
  ...(decision.kind === "send"
    ? { body: decision.body, reason: null, net_revenue: decision.netRevenue, pixels: decision.to }
    : { body: null, reason: decision.reason, ending: decision.ending ?? null, pixels: [] }),
});
