import type { PrismaClient } from "@prisma/client";

import type { CustomData } from "../event-contract/purchase.ts";
import type { EventKey } from "./types.ts";

/** What the event says; null where there is none, or where it was withheld or refused. One look-up by the whole key. */
export async function sentData(
  prisma: PrismaClient,
  { shop, eventName, eventId }: EventKey,
): Promise<CustomData | null> {
  // The column holds what addEvents wrote from a MetaEvent.
  const rows = await prisma.$queryRaw<{ readonly customData: CustomData | null }[]>`
    select body->'custom_data' as "customData" from event
    where shop = ${shop} and event_name = ${eventName} and event_id = ${eventId}
      and state not in ('withheld', 'refused')`;
  return rows[0]?.customData ?? null;
}
