import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "../settings/types.ts";
import { receiptOf, unseenSince } from "./receipt-of.server.ts";

export type DueWork = {
  readonly shops: readonly ShopDomain[];
  readonly pixels: readonly { readonly shop: ShopDomain; readonly pixelId: PixelId }[];
};

/**
 * Returns what a sweep must wake: shops with an event to decide, and active pixels with a due delivery. Also detects an
 * order and a receipt that missed each other (unseenSince). The cost grows with pending work, not with the number of
 * shops: the index leads from one shop or pixel with work to the next.
 */
export async function dueWork(prisma: PrismaClient, now: Date): Promise<DueWork> {
  const [shops, pixels] = await Promise.all([
    prisma.$queryRaw<{ shop: ShopDomain }[]>`
      -- every shop: the sweep looks for what is due
      with recursive longest_waiting as (
        (select shop, decide_at from event where decide_at is not null order by shop, decide_at limit 1)
        union all
        select next.* from longest_waiting last cross join lateral (
          select shop, decide_at from event where decide_at is not null and shop > last.shop
          order by shop, decide_at limit 1
        ) next
      )
      select shop from longest_waiting where decide_at <= ${now}::timestamptz
      union
      select event.shop from event ${receiptOf("event")}
      where decide_at is not null and decide_at > ${now}::timestamptz
        and created_at >= ${unseenSince(now)}::timestamptz and context.receipts is not null
      order by shop`,
    prisma.$queryRaw<{ shop: ShopDomain; pixelId: PixelId }[]>`
      -- every shop: the sweep looks for what is due
      with recursive waiting as (
        (select destination_id from delivery where state = 'queued' order by destination_id limit 1)
        union all
        select next.* from waiting last cross join lateral (
          select destination_id from delivery where state = 'queued' and destination_id > last.destination_id
          order by destination_id limit 1
        ) next
      )
      , waiting_storefront as (
        (select pixel from storefront_queue order by pixel limit 1)
        union all
        select next.* from waiting_storefront last cross join lateral (
          select pixel from storefront_queue where pixel > last.pixel order by pixel limit 1
        ) next
      )
      select shop, id as "pixelId" from destination
      where state = 'active' and (send_after is null or send_after <= ${now}::timestamptz) and (
        id in (select destination_id from waiting) and exists (
          select 1 from delivery
          where destination_id = destination.id and state = 'queued' and due_at <= ${now}::timestamptz
            and (claimed_until is null or claimed_until <= ${now}::timestamptz)
        ) or id in (select pixel from waiting_storefront) and not exists (
          select 1 from pixel_lease where pixel = destination.id and until > ${now}::timestamptz
        )
      )
      order by shop, id`,
  ]);
  return { shops: shops.map((row) => row.shop), pixels };
}
