import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { DestinationId } from "../settings/types.ts";

export type DueWork = {
  readonly shops: readonly ShopDomain[];
  readonly destinations: readonly { readonly shop: ShopDomain; readonly destinationId: DestinationId }[];
};

/**
 * What a sweep must wake: shops with an event to decide, and active pixels with a delivery that is due. Finds also the
 * order and the receipt that were committed at the same moment by two processes, each too early to see the other.
 */
export async function dueWork(prisma: PrismaClient, now: Date): Promise<DueWork> {
  const [shops, destinations] = await Promise.all([
    prisma.$queryRaw<{ shop: ShopDomain }[]>`
      select distinct shop from event
      where state = 'joining' and (decide_at <= ${now}::timestamptz or event_name = 'Purchase' and exists (
        select 1 from browser_context seen
        where seen.shop = event.shop
          and (seen.checkout_token = event.checkout_token or seen.order_id = event.order_id)
      ))
      order by shop`,
    prisma.$queryRaw<{ shop: ShopDomain; destinationId: DestinationId }[]>`
      select shop, id as "destinationId" from destination
      where state = 'active' and exists (
        select 1 from delivery
        where destination_id = destination.id and state = 'queued' and due_at <= ${now}::timestamptz
          and (claimed_until is null or claimed_until <= ${now}::timestamptz)
      )
      order by shop, id`,
  ]);
  return { shops: shops.map((row) => row.shop), destinations };
}
