import type { PrismaClient } from "@prisma/client";

import type { CustomData } from "../event-contract/purchase.ts";
import type { EventKey } from "./types.ts";

/**
 * An event's `custom_data`; null if the event does not exist, or was withheld or refused. One lookup by the full key.
 */
export async function sentData(
  prisma: PrismaClient,
  { shop, eventName, eventId }: EventKey,
): Promise<CustomData | null> {
  // addEvents wrote the column from a MetaEvent.
  const rows = await prisma.$queryRaw<{ readonly customData: CustomData | null }[]>`
    select body->'custom_data' as "customData" from event
    where shop = ${shop} and event_name = ${eventName} and event_id = ${eventId}
      and state not in ('withheld', 'refused')`;
  return rows[0]?.customData ?? null;
}
