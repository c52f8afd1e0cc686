import type { PrismaClient } from "@prisma/client";

import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { readDetail } from "./event-detail.server.ts";
import type { OrderDetail } from "./types.ts";

type Key = { readonly eventName: string; readonly eventId: EventId; readonly orderName: string | null };

/** An order has a handful of events: the purchase, its upsells, its refunds. */
const MOST_EVENTS = 50;

/** Everything that the ledger has of an order, oldest first; null for an order that this shop does not have. */
export async function readOrderDetail(
  prisma: PrismaClient,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<OrderDetail | null> {
  const keys = await prisma.$queryRaw<Key[]>`
    select event_name as "eventName", event_id as "eventId", order_name as "orderName" from event
    where shop = ${shop} and order_id = ${orderId}
    order by event_time, created_at, event_name, event_id
    limit ${MOST_EVENTS}`;
  const details = await Promise.all(keys.map((key) => readDetail(prisma, { shop, ...key })));
  const events = details.filter((event) => event !== null);
  if (events.length === 0) return null;
  return { orderId, orderName: keys.find(({ orderName }) => orderName !== null)?.orderName ?? null, events };
}

/** Digits may be one order's name and another's ID, so there may be several; two are enough to know. */
export async function findOrders(prisma: PrismaClient, shop: ShopDomain, text: string): Promise<readonly OrderId[]> {
  const rows = await prisma.$queryRaw<{ orderId: OrderId }[]>`
    select distinct order_id as "orderId" from (
      select order_id from event where shop = ${shop} and order_id = ${text}
      union all
      select order_id from event where shop = ${shop} and order_name = any (${orderNames(text)}) and order_id is not null
    ) found
    limit 2`;
  return rows.map(({ orderId }) => orderId);
}

/** The names that somebody may mean who writes this: with or without #, in small letters. */
export function orderNames(text: string): string[] {
  const bare = text.replace(/^#/, "");
  return [...new Set([bare, `#${bare}`].flatMap((name) => [name, name.toUpperCase()]))];
}
