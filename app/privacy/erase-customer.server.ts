import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";
import { findCustomer, type FindCustomerDeps, type HeldOfCustomer } from "./find-customer.server.ts";
import type { Tombstones } from "./tombstones.server.ts";
import type { Counts, Identifier } from "./types.ts";

export type EraseCustomerDeps = FindCustomerDeps & {
  readonly tombstones: Tombstones;
  readonly now: () => Date;
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
  const [, receipts, deliveries, , events, cookies, quarantined, dataRequests] = await prisma.$transaction(
    erasures(prisma, { shop, held, digests, at: now() }),
  );
  return {
    events: events ?? 0,
    receipts: receipts ?? 0,
    deliveries: deliveries ?? 0,
    cookiesOfOthers: cookies ?? 0,
    quarantined: quarantined ?? 0,
    dataRequests: dataRequests ?? 0,
    unopened: held.unopened,
  };
}

/** Waits for all statements that started earlier to write events, receipts or payloads. */
const awaitWriters = (prisma: PrismaClient): Promise<unknown> =>
  prisma.$transaction([
    // Other writers wait behind this lock, so the wait is short; if it times out, Shopify repeats the request.
    prisma.$executeRaw`set local lock_timeout = '3s'`,
    prisma.$executeRaw`lock table event, browser_context, quarantine in share mode`,
  ]);

type Erasing = {
  readonly shop: ShopDomain;
  readonly held: HeldOfCustomer;
  readonly digests: readonly string[];
  readonly at: Date;
};

/** Events before deliveries, in key order: every statement that ends events locks in this order. */
function erasures(prisma: PrismaClient, { shop, held, digests, at }: Erasing) {
  const keys = JSON.stringify(held.events);
  const valuesOf = (...kinds: readonly Identifier["kind"][]): string[] =>
    held.identifiers.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  return [
    prisma.$executeRaw`
      select from event where shop = ${shop} and (event_name, event_id) in (
        select event_name, event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_name text, event_id text))
      order by shop, event_name, event_id for no key update`,
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
        body = (body - '{event_source_url,referrer_url}'::text[]) #- '{custom_data,search_string}' || '{"user_data": {}}',
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
    // Meta's message may quote the data that it refused.
    prisma.$executeRaw`
      update attempt set message = null
      where shop = ${shop} and exists (
        select from unnest(${valuesOf("em", "ph", "external_id", "fbp", "fbc")}::text[]) told where position(told in message) > 0)`,
    ...erasuresOfLeads(prisma, { shop, keys, valuesOf }),
  ];
}

type ErasingLeads = {
  readonly shop: ShopDomain;
  readonly keys: string;
  readonly valuesOf: (...kinds: readonly Identifier["kind"][]) => string[];
};

/** The customer's leads with all reports about them, and reports that named the customer and matched no lead. */
function erasuresOfLeads(prisma: PrismaClient, { shop, keys, valuesOf }: ErasingLeads) {
  const isTheirs = Prisma.sql`(user_data->'em' ?| ${valuesOf("em")}::text[]
    or user_data->'ph' ?| ${valuesOf("ph")}::text[]
    or user_data->'external_id' ?| ${valuesOf("external_id")}::text[]
    or lead_id in (select event_id from jsonb_to_recordset(${keys}::jsonb) as entry(event_id text)))`;
  return [
    prisma.$executeRaw`
      delete from lead_stage where shop = ${shop} and (lead_id in (select lead_id from lead where shop = ${shop} and ${isTheirs})
        or (named_by in ('email', 'phone', 'customer') and named = any(${valuesOf("em", "ph", "external_id")}::text[])))`,
    prisma.$executeRaw`delete from lead where shop = ${shop} and ${isTheirs}`,
  ];
}
