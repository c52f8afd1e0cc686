import type { PrismaClient } from "@prisma/client";

import type { DestinationId } from "../settings/types.ts";
import type { Claim } from "./types.ts";

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
 * claiming at the same moment.
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
        and exists (select 1 from destination where id = ${destinationId}::uuid and state = 'active')
      order by event_time
      limit ${limit}
      for no key update skip locked
    ), claimed as (
      update delivery set claimed_by = ${claimedBy}, claimed_until = ${until}::timestamptz
      from due
      where delivery.destination_id = ${destinationId}::uuid
        and (delivery.shop, delivery.event_name, delivery.event_id) = (due.shop, due.event_name, due.event_id)
      returning delivery.*
    )
    select claimed.shop, claimed.event_name as "eventName", claimed.event_id as "eventId",
      claimed.destination_id as "destinationId", claimed.claimed_by as "claimedBy", claimed.attempts, event.body
    from claimed join event using (shop, event_name, event_id)
    order by claimed.event_time, event_id`;

/** Gives claims back unsent. Those that another worker has taken over stay with it. */
export async function releaseClaims(prisma: PrismaClient, claims: readonly Claim[]): Promise<void> {
  const rows = JSON.stringify(claims.map(({ body: _, ...key }) => key));
  await prisma.$executeRaw`
    update delivery set claimed_by = null, claimed_until = null
    from json_to_recordset(${rows}::json) as claim(
      shop text, "eventName" text, "eventId" text, "destinationId" uuid, "claimedBy" text)
    where (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id, delivery.claimed_by)
      = (claim.shop, claim."eventName", claim."eventId", claim."destinationId", claim."claimedBy")`;
}
