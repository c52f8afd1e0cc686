import { Prisma } from "@prisma/client";

/**
 * `left join lateral (…) context`: the browser's receipt of an order, by checkout token or by order id, the first one if
 * there are two. For `input` of its Purchase alone, whose own leg it tells of; for `event` of whatever the order made,
 * for the visitor's word about consent is about all of it. Two look-ups rather than one with `or`: without statistics, as on the embedded database, PostgreSQL
 * answers the `or` by reading every receipt of the shop.
 */
export const receiptOf = (made: "input" | "event"): Prisma.Sql => {
  const of = Prisma.raw(made);
  const isMeant =
    made === "input" ? Prisma.sql`input.event_name = 'Purchase'` : Prisma.sql`event.origin <> 'collector'`;
  return Prisma.sql`left join lateral (
    select receipt, received_at from (
      select id, receipt, received_at from browser_context
      where ${isMeant} and shop = ${of}.shop and checkout_token = ${of}.checkout_token
      union all
      select id, receipt, received_at from browser_context
      where ${isMeant} and shop = ${of}.shop and order_id = ${of}.order_id
    ) seen
    order by id limit 1
  ) context on true`;
};

// An order and its receipt that are committed by two processes at once are each too early to see the other. A later
// look finds them; past this age one of them would have been seen, and the join's own deadline is the last resort.
const UNSEEN_FOR_MS = 15_000;

/** From when on an undecided event may have a receipt that nobody has noticed. */
export const unseenSince = (now: Date): Date => new Date(now.getTime() - UNSEEN_FOR_MS);
