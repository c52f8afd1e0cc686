import type { PrismaClient } from "@prisma/client";

/** How long the oldest due event has waited, in seconds, for its decision and for its delivery. 0: none is due. */
export type QueueAge = { readonly decide_s: number; readonly deliver_s: number };

type Ages = Readonly<Record<"decide_s" | "deliver_s" | "storefront_s", number | null>>;

/**
 * Reads only the first entry per shop and per active pixel from three indexes of pending work: 36 to 66 ms with
 * 10,000 shops, a million events and 150,000 of them pending (PostgreSQL 18, busy machine). A pixel that backs off
 * because of Meta counts too: its events are late.
 */
export async function queueAge(prisma: PrismaClient, now: Date): Promise<QueueAge> {
  const [row] = await prisma.$queryRaw<Ages[]>`
    -- every shop: the operator's figures are of the whole queue
    select
      (select extract(epoch from ${now}::timestamptz - min(first.decide_at))::float8 from shop
        cross join lateral (
          select decide_at from event where event.shop = shop.domain and decide_at is not null
          order by decide_at limit 1
        ) as first) as decide_s,
      (select extract(epoch from ${now}::timestamptz - min(first.due_at))::float8 from destination
        cross join lateral (
          select due_at from delivery where destination_id = destination.id and state = 'queued'
          order by event_time limit 1
        ) as first
        where destination.state = 'active') as deliver_s,
      (select extract(epoch from ${now}::timestamptz - min(first.created_at))::float8 from destination
        cross join lateral (
          select day, position from storefront_queue where pixel = destination.id order by day, position limit 1
        ) as queued
        cross join lateral (
          select created_at from storefront_event there where there.day = queued.day and there.position = queued.position
        ) as first
        where destination.state = 'active') as storefront_s`;
  const { decide_s, deliver_s, storefront_s } = row ?? {};
  return { decide_s: Math.max(0, decide_s ?? 0), deliver_s: Math.max(0, deliver_s ?? 0, storefront_s ?? 0) };
}
