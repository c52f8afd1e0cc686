import type { PrismaClient } from "@prisma/client";

import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { KnownPurchase } from "./types.ts";

/** Whether and when a Purchase's order counts, from the ledger. One lookup by the full primary key. */
export async function knownPurchase(
  prisma: PrismaClient,
  shop: ShopDomain,
  eventId: EventId,
): Promise<KnownPurchase | null> {
  // Only a Purchase that counts from after checkout has `original_event_data` (purchase-from-order.ts).
  const rows = await prisma.$queryRaw<KnownPurchase[]>`
    select state = 'waiting-for-payment' as waits,
      case when body ? 'original_event_data' then extract(epoch from event_time)::int end as "countedLaterAt_s"
    from event where shop = ${shop} and event_name = 'Purchase' and event_id = ${eventId}`;
  return rows[0] ?? null;
}
