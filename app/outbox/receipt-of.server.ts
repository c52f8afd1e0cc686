import { Prisma } from "@prisma/client";

/**
 * `left join lateral (…) context`: the browser receipt of an order, by checkout token or order ID; the older one of
 * two. For `input` only with its Purchase, because the receipt describes that event's browser leg; for `event` with
 * every event of the order, because the consent signal applies to all of them. Uses two lookups instead of one with
 * `or`: without statistics, as on the embedded database, PostgreSQL would scan all receipts of the shop for the `or`.
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

// If two processes commit an order and its receipt at the same time, neither statement sees the other row. A later
// query does; it only needs to look at events younger than this. The join's own deadline is the last resort.
const UNSEEN_FOR_MS = 15_000;

/** Undecided events since this time may have a receipt that was missed. */
export const unseenSince = (now: Date): Date => new Date(now.getTime() - UNSEEN_FOR_MS);
