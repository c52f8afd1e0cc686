import { Prisma, type PrismaClient } from "@prisma/client";

import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
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
export async function claimDeliveries(
  prisma: PrismaClient,
  destinationId: DestinationId,
  options: ClaimOptions,
): Promise<Claim[]> {
  const [claimed] = await prisma.$queryRaw<Claimed[]>(claimDue(destinationId, options));
  if (!claimed?.shop || claimed.facts === null || claimed.bodies === null) return [];
  const { shop, facts, bodies } = claimed;
  const texts = bodies.split("\n");
  // The statement's own list, in the order of its columns.
  const told = JSON.parse(facts) as readonly Facts[];
  return told.map(
    ([eventName, eventId, eventTimeMs, attempts, lastReason, isOnly, actionSource, browserSentMs], n) => ({
      shop,
      eventName,
      eventId,
      destinationId,
      claimedBy: options.claimedBy,
      attempts,
      lastReason,
      isOnly,
      json: texts[n] ?? "",
      eventTime: new Date(eventTimeMs),
      actionSource,
      browserSentAt: browserSentMs === null ? null : new Date(browserSentMs),
    }),
  );
}

type Claimed = { readonly shop: ShopDomain | null; readonly facts: string | null; readonly bodies: string | null };
type Facts = readonly [
  eventName: EventName,
  eventId: EventId,
  eventTimeMs: number,
  attempts: number,
  lastReason: string | null,
  isOnly: boolean,
  actionSource: ActionSource,
  browserSentMs: number | null,
];

/**
 * One row for all of them, since a driver reads a thousand rows of a dozen columns far more slowly than two texts: the
 * bodies, a line each (JSON that PostgreSQL writes has no line breaks), and what is known beside them, in the same order.
 * Rows are found by their place, so that no statistics can make PostgreSQL read a whole table for them.
 */
const claimDue = (
  destinationId: DestinationId,
  { limit, claimedBy, until, now }: ClaimOptions,
): Prisma.Sql => Prisma.sql`
  with pixel as (
    select shop, pixel_id from destination where id = ${destinationId}::uuid and state = 'active'
      and (send_after is null or send_after <= ${now}::timestamptz)
  ), due as (
    select ctid as place from delivery
    where destination_id = ${destinationId}::uuid and state = 'queued' and due_at <= ${now}::timestamptz
      and (claimed_until is null or claimed_until <= ${now}::timestamptz) and exists (select 1 from pixel)
    order by event_time
    limit ${limit}
    for no key update skip locked
  ), claimed as (
    update delivery set claimed_by = ${claimedBy}, claimed_until = ${until}::timestamptz
    where ctid = any (array(select place from due)) and ${UNSYNCED}
    returning shop, event_name, event_id, event_time, attempts, reason
  ), told as (
    select claimed.shop, event.body::text as body, json_build_array(
      event_name, event_id, extract(epoch from event_time) * 1000, attempts, reason,
      (
        select true from delivery other where (other.shop, other.event_name, other.event_id)
            = (claimed.shop, claimed.event_name, claimed.event_id) and other.destination_id <> ${destinationId}::uuid
        limit 1
      ) is null,
      event.body->>'action_source',
      case when event.browser_leg->>'sent' = 'true'
        -- A leg that names no pixels went to all of them.
        and coalesce(jsonb_exists(event.browser_leg->'to', pixel.pixel_id), true)
        then extract(epoch from event.browser_seen_at) * 1000 end) as facts
    from claimed cross join pixel cross join lateral (
      select body, browser_leg, browser_seen_at from event where (event.shop, event.event_name, event.event_id)
        = (claimed.shop, claimed.event_name, claimed.event_id)
      -- Keeps the look-up a look-up: as a join it becomes a reading of both tables where they are small.
      offset 0
    ) event
    order by event_time, event_id
  )
  select min(shop) as shop, json_agg(facts)::text as facts, string_agg(body, e'\\n') as bodies from told`;

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
