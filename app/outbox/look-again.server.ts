import { Prisma, type PrismaClient } from "@prisma/client";

import { type EventId, orderId, type OrderId, shopDomain, type ShopDomain } from "../event-contract/event-id.ts";

export type OrderToLookAt = { readonly shop: ShopDomain; readonly orderId: OrderId };

/** Schedules a read from Shopify of a waiting Purchase's order, at this time or earlier. */
export async function lookAgain(prisma: PrismaClient, { shop, eventId, at }: LookAgain): Promise<void> {
  await prisma.$executeRaw`
    update event set look_at = least(look_at, ${at}::timestamptz)
    where shop = ${shop} and event_name = 'Purchase' and event_id = ${eventId} and state = 'waiting-for-payment'`;
}

export type LookAgain = { readonly shop: ShopDomain; readonly eventId: EventId; readonly at: Date };

/** The due orders, longest due first. Each is due again at `next` unless it counts by then. */
export async function takeLooks(
  prisma: PrismaClient,
  { now, next, limit }: { readonly now: Date; readonly next: Date; readonly limit: number },
): Promise<readonly OrderToLookAt[]> {
  const rows = await prisma.$queryRaw<{ shop: string; orderId: string | null }[]>(Prisma.sql`
    -- every shop: the worker looks for orders that are due
    with due as materialized (
      select shop, event_name, event_id from event
      where look_at <= ${now}::timestamptz and state = 'waiting-for-payment'
      order by look_at limit ${limit} for no key update skip locked
    )
    update event set look_at = ${next}::timestamptz from due
    where (event.shop, event.event_name, event.event_id) = (due.shop, due.event_name, due.event_id)
    returning event.shop, event.order_id as "orderId"`);
  return rows.flatMap((row): OrderToLookAt[] => {
    const [shop, order] = [shopDomain(row.shop), orderId(row.orderId)];
    return shop === null || order === null ? [] : [{ shop, orderId: order }];
  });
}
