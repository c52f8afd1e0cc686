import { Prisma } from "@prisma/client";

/**
 * `left join lateral (…) context`: the browser's receipt of a Purchase, by checkout token or by order id, the first one
 * if there are two. Two look-ups rather than one with `or`: without statistics, as on the embedded database, PostgreSQL
 * answers the `or` by reading every receipt of the shop.
 */
export const receiptOf = (purchase: "input" | "event"): Prisma.Sql => {
  const of = Prisma.raw(purchase);
  return Prisma.sql`left join lateral (
    select receipt, received_at from (
      select id, receipt, received_at from browser_context
      where ${of}.event_name = 'Purchase' and shop = ${of}.shop and checkout_token = ${of}.checkout_token
      union all
      select id, receipt, received_at from browser_context
      where ${of}.event_name = 'Purchase' and shop = ${of}.shop and order_id = ${of}.order_id
    ) seen
    order by id limit 1
  ) context on true`;
};
