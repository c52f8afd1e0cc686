import { Prisma } from "@prisma/client";

import type { EventId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { PixelId } from "../settings/types.ts";
import type { Claim } from "./types.ts";

// What deliveries and storefront events have in common where a worker claims them.

export type ClaimRequest = {
  readonly pixelId: PixelId;
  readonly limit: number;
  /** Unique to this drain; every later write checks it. */
  readonly claimedBy: string;
};

export type ClaimMoment = {
  readonly now: Date;
  /** After this moment any worker may take over the claims. */
  readonly until: Date;
};

/** What a claiming statement selects: one row per pixel, with its bodies, one per line, and the facts about them as JSON. */
export type ClaimedBatch = {
  readonly n: number;
  readonly shop: ShopDomain;
  readonly facts: string;
  readonly bodies: string;
};

/** What `facts` begins with for each event. */
type CommonFacts = readonly [
  eventName: EventName,
  eventId: EventId,
  eventTimeMs: number,
  attempts: number,
  lastReason: string | null,
  isOnly: boolean,
  browserSentMs: number | null,
];

/** The requested pixels that are active and not backing off, as `n`, `id`, `most`, `claimed_by`, `shop` and `pixel_id`. */
export const sendablePixels = (requested: readonly ClaimRequest[], now: Date): Prisma.Sql => Prisma.sql`
  select requested.*, shop, pixel_id
  from json_to_recordset(${JSON.stringify(requested.map(requestRow))}::json) as requested(n int, id uuid, most int, claimed_by text)
    cross join lateral (
      select shop, pixel_id from destination where destination.id = requested.id and state = 'active'
        and (send_after is null or send_after <= ${now}::timestamptz)
      -- Forces an index lookup, however many pixels there are.
      offset 0
    ) destination`;

const requestRow = ({ pixelId, limit, claimedBy }: ClaimRequest, n: number) => ({
  n,
  id: pixelId,
  most: limit,
  claimed_by: claimedBy,
});

/** One list of claims per request, in order. `rest` reads what the facts have beyond the common ones. */
export function claimsOfBatches<Rest extends readonly unknown[]>(
  requested: readonly ClaimRequest[],
  batches: readonly ClaimedBatch[],
  rest: (facts: Rest) => Pick<Claim, "actionSource" | "isTest" | "storefront">,
): readonly Claim[][] {
  const batchOf = new Map(batches.map((batch) => [batch.n, batch]));
  return requested.map(({ pixelId, claimedBy }, n): Claim[] => {
    const batch = batchOf.get(n);
    if (batch === undefined) return [];
    const texts = batch.bodies.split("\n");
    return (JSON.parse(batch.facts) as readonly (readonly [...CommonFacts, ...Rest])[]).map((facts, line) => {
      const [eventName, eventId, eventTimeMs, attempts, lastReason, isOnly, browserSentMs, ...others] = facts;
      return {
        shop: batch.shop,
        eventName,
        eventId,
        pixelId,
        claimedBy,
        attempts,
        lastReason,
        isOnly,
        json: texts[line] ?? "",
        eventTime: new Date(eventTimeMs),
        browserSentAt: browserSentMs === null ? null : new Date(browserSentMs),
        ...rest(others),
      };
    });
  });
}
