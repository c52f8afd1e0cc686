import { Prisma } from "@prisma/client";

// A stranger may post as many receipts with an order's ID as the collector's limits allow.
const MOST_BY_ORDER = 5;

/**
 * Whether a receipt that names an order, and not the checkout token that Shopify gives for it, is about the order. An
 * order ID is no secret, so it counts only where there is no token to compare, or where it was posted from the address
 * at which Shopify saw the buyer.
 */
export const isProvenByOrder = (receipt: Prisma.Sql, event: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${event}.checkout_token is null or ${receipt}->>'ip' = ${event}.body->'user_data'->>'client_ip_address')`;

/**
 * `left join lateral (…) context`: the browser receipts of an order as `receipts`, the oldest first; null where there is
 * none. Those under the order's checkout token, and others that name the order (isProvenByOrder), a decline first. For
 * `input` only with its Purchase, because a receipt describes that event's browser leg; for `event` with every event of
 * the order, because the consent signal applies to all of them. Uses two lookups instead of one with `or`: without
 * statistics, as on the embedded database, PostgreSQL would scan all receipts of the shop for the `or`.
 */
export const receiptOf = (made: "input" | "event"): Prisma.Sql => {
  const of = Prisma.raw(made);
  const isMeant =
    made === "input" ? Prisma.sql`input.event_name = 'Purchase'` : Prisma.sql`event.origin <> 'collector'`;
  return Prisma.sql`left join lateral (
    select jsonb_agg(posted.receipt order by id, posted.nth) as receipts, min(received_at) as received_at from (
      select id, receipt, others, received_at from browser_context
      where ${isMeant} and shop = ${of}.shop and checkout_token = ${of}.checkout_token
      union all
      (select id, receipt, others, received_at from browser_context context
      where ${isMeant} and shop = ${of}.shop and order_id = ${of}.order_id
        and checkout_token is distinct from ${of}.checkout_token and ${isProvenByOrder(Prisma.sql`receipt`, of)}
      order by receipt->'signal'->>'marketing', id limit ${MOST_BY_ORDER}::int)
    ) seen cross join lateral jsonb_array_elements(jsonb_build_array(receipt) || others) with ordinality as posted(receipt, nth)
  ) context on true`;
};

// If two processes commit an order and its receipt at the same time, neither statement sees the other row. A later
// query does; it only needs to look at events younger than this. The join's own deadline is the last resort.
const UNSEEN_FOR_MS = 15_000;

/** Undecided events since this time may have a receipt that was missed. */
export const unseenSince = (now: Date): Date => new Date(now.getTime() - UNSEEN_FOR_MS);
