import { Prisma, type PrismaClient } from "@prisma/client";

import type { ActionSource } from "../event-contract/meta-event.ts";
import { ASYNC_COMMIT } from "./async-commit.server.ts";
import {
  type ClaimedBatch,
  type ClaimMoment,
  type ClaimRequest,
  claimsOfBatches,
  sendablePixels,
} from "./claimed-batches.server.ts";
import type { Claim } from "./types.ts";

/**
 * Claims due deliveries of active pixels, each pixel's by event time, skipping those that another worker is claiming.
 * Returns one list per request, in order. A pixel that is backing off gives none (pause-pixel.server.ts). Each pixel
 * may be requested only once.
 */
export async function claimDeliveries(
  prisma: PrismaClient,
  requested: readonly ClaimRequest[],
  moment: ClaimMoment,
): Promise<readonly Claim[][]> {
  const batches = await prisma.$queryRaw<ClaimedBatch[]>(claimDue(requested, moment));
  // The order of the columns is that of json_build_array below.
  return claimsOfBatches(
    requested,
    batches,
    ([actionSource, isTest, position]: [actionSource: ActionSource, isTest: boolean, position: number | null]) => ({
      actionSource,
      isTest,
      ...(position !== null && { storefrontPosition: position }),
    }),
  );
}

/**
 * Returns one row per pixel, because the driver reads a thousand rows of a dozen columns far more slowly than two
 * texts: `bodies`, one per line (JSON from PostgreSQL has no line breaks), and `facts` about them in the same order.
 * Rows are located by ctid, so that wrong statistics cannot cause a sequential scan.
 */
const claimDue = (requested: readonly ClaimRequest[], { now, until }: ClaimMoment): Prisma.Sql => Prisma.sql`
  with pixel as materialized (
    ${sendablePixels(requested, now)}
  ), due as (
    select oldest.place from pixel cross join lateral (
      select ctid as place from delivery
      where destination_id = pixel.id and state = 'queued' and due_at <= ${now}::timestamptz
        and (claimed_until is null or claimed_until <= ${now}::timestamptz)
      order by event_time
      limit pixel.most
      for no key update skip locked
    ) oldest
  ), claimed as (
    update delivery set claimed_until = ${until}::timestamptz, claimed_by = pixel.claimed_by
    from pixel
    where delivery.ctid = any (array(select place from due)) and pixel.id = delivery.destination_id and ${ASYNC_COMMIT}
    returning n, pixel_id, delivery.shop, event_name, event_id, event_time, attempts, reason, destination_id, is_test,
      storefront_day, storefront_position
  ), described as (
    select n, claimed.shop, event.body::text as body, json_build_array(
      event_name, event_id, extract(epoch from event_time) * 1000, attempts, reason,
      (
        select true from delivery other where (other.shop, other.event_name, other.event_id)
            = (claimed.shop, claimed.event_name, claimed.event_id) and other.destination_id <> claimed.destination_id
          and other.storefront_position is not distinct from claimed.storefront_position
        limit 1
      ) is null,
      case when event.browser_leg->>'sent' = 'true'
        -- A leg without pixel IDs went to all pixels.
        and coalesce(jsonb_exists(event.browser_leg->'to', pixel_id), true)
        then extract(epoch from event.browser_seen_at) * 1000 end,
      event.body->>'action_source', is_test, storefront_position) as facts
    -- In order before the bodies are there, which would be sorted with them, on disk where they are many.
    from (select * from claimed order by n, event_time, event_id offset 0) claimed cross join lateral (
      -- The body lies beside its row: "|| '{}'" fetches it once for both uses, and changes nothing.
      select body || '{}' as body, browser_leg, browser_seen_at from event
      where (event.shop, event.event_name, event.event_id) = (claimed.shop, claimed.event_name, claimed.event_id)
        and storefront_day is null
      union all
      select body::jsonb, browser_leg::jsonb, created_at from storefront_row(storefront_day, storefront_position) where storefront_day is not null
      -- Forces an index lookup: as a join, PostgreSQL would scan both tables while they are small.
      offset 0
    ) event
  )
  select n, min(shop) as shop, json_agg(facts)::text as facts, string_agg(body, e'\\n') as bodies from described group by n`;

/** Returns claims unsent. Claims that another worker has taken over stay with that worker. */
export async function releaseClaims(prisma: PrismaClient, claims: readonly Claim[]): Promise<void> {
  await prisma.$executeRaw`
    -- every shop: the worker claims by the pixel, which is one shop's
    update delivery set claimed_by = null, claimed_until = null
    from ${claimed(claims)}`;
}

/** Extends claims while their worker runs. Returns how many still belonged to the caller. */
export const renewClaims = (prisma: PrismaClient, claims: readonly Claim[], until: Date): Promise<number> =>
  prisma.$executeRaw`
    -- every shop: the worker claims by the pixel, which is one shop's
    update delivery set claimed_until = ${until}::timestamptz
    from ${claimed(claims)} and delivery.state = 'queued'`;

/** For a database with a single process: every claim at startup belongs to a dead process. */
export const releaseEveryClaim = (prisma: PrismaClient): Promise<number> =>
  prisma.$executeRaw`
    -- every shop: the worker claims by the pixel, which is one shop's
    update delivery set claimed_by = null, claimed_until = null where state = 'queued' and claimed_by is not null`;

/** The rows of the claims that still belong to the caller. */
function claimed(claims: readonly Claim[]): Prisma.Sql {
  const rows = JSON.stringify(
    claims.map(({ shop, eventName, eventId, pixelId, claimedBy, storefrontPosition }) => ({
      ...{ shop, eventName, eventId, pixelId, claimedBy },
      position: storefrontPosition,
    })),
  );
  return Prisma.sql`json_to_recordset(${rows}::json) as claim(
      shop text, "eventName" text, "eventId" text, "pixelId" uuid, "claimedBy" text, position bigint)
    where delivery.storefront_position is not distinct from claim.position and (delivery.shop, delivery.event_name, delivery.event_id, delivery.destination_id, delivery.claimed_by)
      = (claim.shop, claim."eventName", claim."eventId", claim."pixelId", claim."claimedBy")`;
}
