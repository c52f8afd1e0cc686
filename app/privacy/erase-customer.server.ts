import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";
import { findCustomer, type FindCustomerDeps, type HeldOfCustomer } from "./find-customer.server.ts";
import { erasuresOfLeads } from "./leads-of-customer.server.ts";
import { erasuresOfReasons } from "./quoted-in-reasons.server.ts";
import type { Tombstones } from "./tombstones.server.ts";
import type { Counts, Identifier } from "./types.ts";

export type EraseCustomerDeps = FindCustomerDeps & {
  readonly tombstones: Tombstones;
  /** Withholds storefront events that wait, and removes their personal data (outbox). */
  readonly endStorefront: (which: EndedVisits) => Prisma.PrismaPromise<number>;
  /** Before the former, after the events are locked (outbox). */
  readonly lockLeases: (shop: ShopDomain) => Prisma.PrismaPromise<number>;
  readonly now: () => Date;
};

type EndedVisits = {
  readonly shop: ShopDomain;
  readonly reason: Reason;
  readonly now: Date;
  /** Which rows of `storefront_queue queued`, and which open deliveries of storefront events. */
  readonly waiting: Prisma.Sql;
  readonly moved: Prisma.Sql;
};

/** The reason that the Events page shows for events ended by a redaction. */
const REDACTED: Reason = "customer-redacted";

/**
 * Erases one customer from a shop: removes the personal data from the events, ends unsent ones, and deletes the
 * receipts, quarantined payloads and files that were assembled for the customer. Raises the tombstones first and waits for running writes, so that no data of the
 * customer can be written after the search. Safe to repeat.
 */
export async function eraseCustomer(
  shop: ShopDomain,
  named: readonly Identifier[],
  deps: EraseCustomerDeps,
): Promise<Counts> {
  const { prisma, tombstones, now } = deps;
  await tombstones.raise(shop, named);
  await awaitWriters(prisma);
  const before = await findCustomer(shop, named, deps);
  // The checkouts and browsers of the customer, which only the first search reveals.
  await tombstones.raise(shop, before.identifiers);
  await awaitWriters(prisma);
  const held = await findCustomer(shop, named, deps);
  const digests = held.identifiers.map((identifier) => tombstones.digestOf(shop, identifier));
  const erasing = { shop, held, digests, at: now() };
  const visits = storefrontErasures(deps, erasing);
  const locks = [lockEvents(prisma, erasing), deps.lockLeases(shop)];
  const [, , ...counts] = await prisma.$transaction([...locks, ...visits, ...erasures(prisma, erasing)]);
  return { ...countsOf(counts.slice(0, visits.length), counts.slice(visits.length)), unopened: held.unopened };
}

function countsOf(ofVisits: readonly number[], ofOthers: readonly number[]) {
  const [[, visits, cookiesOfVisits], [receipts, deliveries, , events, cookies, quarantined, dataRequests]] = [
    ofVisits,
    ofOthers,
  ];
  const sum = (...counts: readonly (number | undefined)[]): number =>
    counts.reduce<number>((all, count) => all + (count ?? 0), 0);
  return {
    events: sum(events, visits),
    receipts: sum(receipts),
    deliveries: sum(deliveries),
    cookiesOfOthers: sum(cookies, cookiesOfVisits),
    quarantined: sum(quarantined),
    dataRequests: sum(dataRequests),
  };
}

/** Waits for all statements that started earlier to write events, receipts or payloads. */
const awaitWriters = (prisma: PrismaClient): Promise<unknown> =>
  prisma.$transaction([
    // Other writers wait behind this lock, so the wait is short; if it times out, Shopify repeats the request.
    prisma.$executeRaw`set local lock_timeout = '3s'`,
    prisma.$executeRaw`lock table event, storefront_event, browser_context, quarantine in share mode`,
  ]);

type Erasing = {
  readonly shop: ShopDomain;
  readonly held: HeldOfCustomer;
  readonly digests: readonly string[];
  readonly at: Date;
};

/** The same for storefront events; before the others, which end the deliveries that some of them have. */
function storefrontErasures({ prisma, endStorefront }: EraseCustomerDeps, { shop, held, at }: Erasing) {
  const keys = JSON.stringify(held.events);
  const isTheirs = Prisma.sql`event.shop = ${shop} and event.key in (
    select storefront_key(${shop}, event_name, event_id)
    from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))`;
  const cookies = held.identifiers.filter(({ kind }) => kind === "fbp" || kind === "fbc").map(({ value }) => value);
  return [
    endStorefront({
      shop,
      reason: REDACTED,
      now: at,
      // "offset 0": the events first, so that no partition is chosen by a row that others change (end-storefront.server.ts).
      waiting: Prisma.sql`using (
          select day, position, pixels from storefront_event event where event.shop = ${shop} and ${isTheirs} offset 0
        ) event
        where queued.pixel = any (event.pixels) and queued.day = event.day and queued.position = event.position`,
      moved: Prisma.sql`(event_name, event_id) in (
        select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))`,
    }),
    prisma.$executeRaw`
      update storefront_event event set body = (${withoutPersonIn("body::jsonb")} #- '{custom_data,search_string}')::json
      where event.shop = ${shop} and ${isTheirs}`,
    prisma.$executeRaw`
      update storefront_event set body = (body::jsonb #- '{user_data,fbp}' #- '{user_data,fbc}')::json,
        -- The two, as the daily figures count them.
        figure_bits = (figure_bits & ~12)::smallint
      where shop = ${shop} and (body->'user_data'->>'fbp' = any(${cookies}::text[])
        or body->'user_data'->>'fbc' = any(${cookies}::text[]))`,
  ];
}

/** Events before deliveries, in key order: every statement that ends events locks in this order. */
const lockEvents = (prisma: PrismaClient, { shop, held }: Erasing) =>
  prisma.$executeRaw`
    select from event where shop = ${shop} and (event_name, event_id) in (
      select event_name, event_id
      from jsonb_to_recordset(${JSON.stringify(held.events)}::jsonb) as entry(event_name text, event_id text))
    order by shop, event_name, event_id for no key update`;

function erasures(prisma: PrismaClient, { shop, held, digests, at }: Erasing) {
  const keys = JSON.stringify(held.events);
  const valuesOf = (...kinds: readonly Identifier["kind"][]): string[] =>
    held.identifiers.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  return [
    prisma.$executeRaw`delete from browser_context where shop = ${shop} and id = any(${[...held.receiptIds]}::bigint[])`,
    prisma.$executeRaw`
      update delivery set state = 'refused', reason = ${REDACTED}, settled_at = ${at}::timestamptz,
        claimed_by = null, claimed_until = null
      where shop = ${shop} and state in ('queued', 'held') and (event_name, event_id) in (
        select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))`,
    prisma.$executeRaw`
      update event e set
        state = case when exists (select from delivery d where d.shop = e.shop and d.event_name = e.event_name
          and d.event_id = e.event_id and d.state = 'delivered') then 'delivered' else 'withheld' end,
        reason = ${REDACTED}, decide_at = null, settled_at = ${at}::timestamptz
      where shop = ${shop} and state in ('waiting-for-payment', 'joining', 'queued') and (event_name, event_id) in (
        select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))`,
    prisma.$executeRaw`
      update event set
        body = ${withoutPersonIn("body")} #- '{custom_data,search_string}',
        browser_data = browser_data - 'search_string'
      where shop = ${shop} and (event_name, event_id) in (
        select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))`,
    prisma.$executeRaw`
      update event set body = body #- '{user_data,fbp}' #- '{user_data,fbc}'
      where shop = ${shop} and (body->'user_data'->>'fbp' = any(${valuesOf("fbp")}::text[])
        or body->'user_data'->>'fbc' = any(${valuesOf("fbc")}::text[]))`,
    prisma.$executeRaw`delete from quarantine where shop = ${shop} and id = any(${[...held.quarantineIds]}::bigint[])`,
    // What the customer asked to see.
    prisma.$executeRaw`delete from data_request where shop = ${shop} and subject_digests && ${[...digests]}::text[]`,
    ...erasuresOfReasons(prisma, { shop, values: valuesOf("em", "ph", "external_id", "fbp", "fbc") }),
    ...erasuresOfLeads(prisma, {
      ...{ shop, leadIds: held.leadIds },
      hashes: valuesOf("em", "ph", "external_id"),
      cookies: valuesOf("fbp", "fbc"),
    }),
    prisma.$executeRaw`
      delete from order_facts where shop = ${shop} and order_id in (
        select order_id from event where shop = ${shop} and (event_name, event_id) in (
          select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text)))`,
  ];
}
