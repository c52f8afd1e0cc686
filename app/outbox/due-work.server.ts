import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { DestinationId } from "../settings/types.ts";
import { receiptOf, unseenSince } from "./receipt-of.server.ts";

export type DueWork = {
  readonly shops: readonly ShopDomain[];
  readonly destinations: readonly { readonly shop: ShopDomain; readonly destinationId: DestinationId }[];
};

/**
 * What a sweep must wake: shops with an event to decide, and active pixels with a delivery that is due. Finds also
 * an order and a receipt that missed each other (unseenSince).
 */
export async function dueWork(prisma: PrismaClient, now: Date): Promise<DueWork> {
  const [shops, destinations] = await Promise.all([
    prisma.$queryRaw<{ shop: ShopDomain }[]>`
      select distinct event.shop from event ${receiptOf("event")}
      where state = 'joining' and decide_at is not null
        and (decide_at <= ${now}::timestamptz or created_at >= ${unseenSince(now)}::timestamptz)
        and (decide_at <= ${now}::timestamptz or context.receipt is not null)
      order by event.shop`,
    prisma.$queryRaw<{ shop: ShopDomain; destinationId: DestinationId }[]>`
      select shop, id as "destinationId" from destination
      where state = 'active' and (send_after is null or send_after <= ${now}::timestamptz) and exists (
        select 1 from delivery
        where destination_id = destination.id and state = 'queued' and due_at <= ${now}::timestamptz
          and (claimed_until is null or claimed_until <= ${now}::timestamptz)
      )
      order by shop, id`,
  ]);
  return { shops: shops.map((row) => row.shop), destinations };
}
