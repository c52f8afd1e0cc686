import { Prisma, type PrismaClient } from "@prisma/client";

import type { DestinationId } from "../settings/types.ts";
import type { Claim } from "./types.ts";
import { UNSYNCED } from "./unsynced.server.ts";

export type ClaimOptions = {
  readonly limit: number;
  /** Unique to this drain: it fences every later write. */
  readonly claimedBy: string;
  /** After this moment anyone may take the claim over. */
  readonly until: Date;
  readonly now: Date;
};

/**
 * Claims an active pixel's due deliveries, in the order in which things happened, passing over what another worker is
 * claiming at the same moment. Nothing while the pixel is to be left in peace (pace.server.ts).
 */
export const claimDeliveries = (
  prisma: PrismaClient,
  destinationId: DestinationId,
  { limit, claimedBy, until, now }: ClaimOptions,
): Promise<Claim[]> =>
  prisma.$queryRaw<Claim[]>`
    with due as (
      select shop, event_name, event_id from delivery
      where destination_id = ${destinationId}::uuid and state = 'queued' and due_at <= ${now}::timestamptz
        and (claimed_until is null or claimed_until <= ${now}::timestamptz)
        and exists (
          select 1 from destination where id = ${destinationId}::uuid and state = 'active'
            and (send_after is null or send_after <= ${now}::timestamptz)
        )
      order by event_time
      limit ${limit}
      for no key update skip locked
    ), claimed as (
      update delivery set claimed_by = ${claimedBy}, claimed_until = ${until}::timestamptz
      from due
      where delivery.destination_id = ${destinationId}::uuid
        and (delivery.shop, delivery.event_name, delivery.event_id) = (due.shop, due.event_name, due.event_id)
        and ${UNSYNCED}
      returning delivery.*
    )
    select claimed.shop, claimed.event_name as "eventName", claimed.event_id as "eventId",
      claimed.destination_id as "destinationId", claimed.claimed_by as "claimedBy", claimed.attempts,
      claimed.reason as "lastReason", event.body::text as json, claimed.event_time as "eventTime",
      event.body->>'action_source' as "actionSource",
      case when event.browser_leg->>'sent' = 'true'
        -- A leg that names no pixels went to all of them.
        and coalesce(jsonb_exists(event.browser_leg->'to', pixel.pixel_id), true)
        then event.browser_seen_at end as "browserSentAt"
    from claimed join event using (shop, event_name, event_id) join destination pixel on pixel.id = destination_id
    order by claimed.event_time, event_id`;

/** Gives claims back unsent. Those that another worker has taken over stay with it. */
export async function releaseClaims(prisma: PrismaClient, claims: readonly Claim[]): Promise<void> {
  await prisma.$executeRaw`
    update delivery set claimed_by = null, claimed_until = null
    from ${claimed(claims)}`;
}

/** Keeps claims longer, while their worker lives. Gives the number of those that were still the caller's. */
export const renewClaims = (prisma: PrismaClient, claims: readonly Claim[], until: Date): Promise<number> =>
  prisma.$executeRaw`
    update delivery set claimed_until = ${until}::timestamptz
    from ${claimed(claims)} and delivery.state = 'queued'`;

/** For a database that only one process can have: whoever claimed anything in it before is dead. */
export const releaseEveryClaim = (prisma: PrismaClient): Promise<number> =>
  prisma.$executeRaw`
    update delivery set claimed_by = null, claimed_until = null where state = 'queued' and claimed_by is not null`;

/** The rows of those claims that are still the caller's. */
function claimed(claims: readonly Claim[]): Prisma.Sql {
  const rows = JSON.stringify(
    claims.map(({ shop, eventName, eventId, destinationId, claimedBy }) => ({
      shop,
      eventName,
      eventId,
      destinationId,
      claimedBy,
    })),
  );
  return Prisma.sql`json_to_recordset(${rows}::json) as claim(
      shop text, "eventName" text, "eventId" text, "destinationId" uuid, "claimedBy" text)
    where (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id, delivery.claimed_by)
      = (claim.shop, claim."eventName", claim."eventId", claim."destinationId", claim."claimedBy")`;
}
