import type { PrismaClient } from "@prisma/client";

import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { orderNames } from "./order-detail.server.ts";

type EventKey = { readonly eventName: string; readonly eventId: string };

/** An order of the ledger. Its name is what the merchant calls it: #1001; null where only its ID is known. */
type NamedOrder = { readonly orderId: OrderId; readonly orderName: string | null };

/** Events and orders as records name them; an order by its ID or by its number. */
export type Named = { readonly events: readonly EventKey[]; readonly orders: readonly string[] };

/** Those that the ledger has, in the order in which they are named; null for one that it does not have. */
export type InLedger = {
  /** With null for an event that is no order's. */
  readonly events: readonly ({ readonly order: NamedOrder | null } | null)[];
  /** Null also for a number that several orders have. */
  readonly orders: readonly (NamedOrder | null)[];
};

/** In one statement, however many are named. */
export async function readOrderNames(prisma: PrismaClient, shop: ShopDomain, named: Named): Promise<InLedger> {
  if (named.events.length === 0 && named.orders.length === 0) return { events: [], orders: [] };
  const { events, orders } = await readRows(prisma, shop, named);
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const ordersOfEvents = new Map(events.map(({ orderId, ...event }) => [keyOf(event), orderId]));
  return {
    events: named.events.map((event) => {
      const orderId = ordersOfEvents.get(keyOf(event));
      if (orderId === undefined) return null;
      // The ledger may know of an order only what its checkout was.
      return { order: orderId && (byId.get(orderId) ?? { orderId, orderName: null }) };
    }),
    orders: named.orders.map((text) => orders.find(({ orderId }) => orderId === text) ?? onlyOneNamed(text, orders)),
  };
}

const keyOf = ({ eventName, eventId }: EventKey): string => `${eventName} ${eventId}`;

function onlyOneNamed(text: string, orders: readonly NamedOrder[]): NamedOrder | null {
  const names = orderNames(text);
  const [order, ...others] = orders.filter(({ orderName }) => orderName !== null && names.includes(orderName));
  return order === undefined || others.length > 0 ? null : order;
}

type Rows = {
  readonly events: readonly (EventKey & { readonly orderId: OrderId | null })[];
  readonly orders: readonly NamedOrder[];
};

async function readRows(prisma: PrismaClient, shop: ShopDomain, { events, orders }: Named): Promise<Rows> {
  const rows = await prisma.$queryRaw<Rows[]>`
    with named as (
      select * from unnest(
        ${events.map(({ eventName }) => eventName)}::text[], ${events.map(({ eventId }) => eventId)}::text[]
      ) as named(event_name, event_id)
    ), found as (
      select event.event_name, event.event_id, event.order_id from named
      join event on event.shop = ${shop} and event.event_name = named.event_name and event.event_id = named.event_id
      union
      select named.event_name, named.event_id, storefront.order_id from named
      join storefront_event storefront
        on storefront.key = storefront_key(${shop}, named.event_name, named.event_id) and storefront.shop = ${shop}
    ), meant as (
      select unnest(${[...orders]}::text[]) as order_id
      union
      select order_id from found
      union
      select order_id from event where shop = ${shop} and order_name = any (${orders.flatMap(orderNames)}::text[])
    ), called as (
      select order_id, max(order_name) as order_name from event
      where shop = ${shop} and order_id in (select order_id from meant) group by order_id
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_object(
        'eventName', event_name, 'eventId', event_id, 'orderId', order_id)), '[]') from found) as events,
      (select coalesce(jsonb_agg(jsonb_build_object(
        'orderId', order_id, 'orderName', order_name)), '[]') from called) as orders`;
  return rows[0] ?? { events: [], orders: [] };
}
