import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { identifiersInPayload } from "./identifiers.ts";
import { anonymousLeadsOf, namedLeadsOf, type Names } from "./leads-of-customer.server.ts";
import type { HashPerson, Identifier } from "./types.ts";

/** One customer's stored data: the keys of the rows, and all known identifiers. */
export type HeldOfCustomer = {
  readonly identifiers: readonly Identifier[];
  readonly events: readonly { readonly event_name: string; readonly event_id: string }[];
  readonly leadIds: readonly string[];
  readonly receiptIds: readonly bigint[];
  readonly quarantineIds: readonly bigint[];
  /** Payloads that no listed key opens, so it is unknown whom they name. */
  readonly unopened: number;
};

export type FindCustomerDeps = {
  readonly prisma: PrismaClient;
  readonly unseal: (sealed: string) => string;
  readonly hashPerson: HashPerson;
  /**
   * `left-out`: another customer's events that only share an email address or phone number. An erasure has to find them,
   * because they hold the hash; a file for the customer must not show them.
   */
  readonly sharedDetails?: "found" | "left-out";
};

/**
 * Finds a customer's rows by the identifiers from Shopify (orders, ID, email, phone), then by those in the rows: the
 * orders' checkouts and the browsers of both. Excludes other customers' events from the same browser.
 */
export async function findCustomer(
  shop: ShopDomain,
  named: readonly Identifier[],
  deps: FindCustomerDeps,
): Promise<HeldOfCustomer> {
  const { prisma } = deps;
  const first = valuesByKind(named);
  const matching = await eventsOf(prisma, shop, first);
  const isHeld = (row: Named): boolean => deps.sharedDetails !== "left-out" || isOwn(row, first);
  const byName = matching.filter(isHeld);
  const leads = (await namedLeadsOf(prisma, shop, namesOf(first))).filter(isHeld);
  const own = merged(first, [...byName, ...leads]);
  const receipts = await receiptsOf(prisma, shop, own);
  const known = merged(own, receipts);
  const anonymous = await anonymousEventsOf(prisma, shop, known);
  const events = uniqueKeys([...byName, ...anonymous]);
  const anonymousLeads = await anonymousLeadsOf(prisma, shop, {
    ...{ fbp: listOf(known, "fbp"), fbc: listOf(known, "fbc") },
    eventIds: events.map(({ event_id }) => event_id),
  });
  const identifiers = [...known].flatMap(([kind, values]) => [...values].map((value) => ({ kind, value })));
  const { quarantineIds, unopened } = await quarantinedOf(shop, identifiers, deps);
  return {
    identifiers,
    events,
    leadIds: [...new Set([...leads, ...anonymousLeads].map(({ lead_id }) => lead_id))],
    receiptIds: receipts.map(({ id }) => id),
    quarantineIds,
    unopened,
  };
}

type Known = ReadonlyMap<Identifier["kind"], ReadonlySet<string>>;

function valuesByKind(identifiers: readonly Identifier[]): Known {
  const known = new Map<Identifier["kind"], Set<string>>();
  for (const { kind, value } of identifiers) known.set(kind, (known.get(kind) ?? new Set()).add(value));
  return known;
}

const listOf = (known: Known, kind: Identifier["kind"]): string[] => [...(known.get(kind) ?? [])];

type Link = {
  readonly order_id: string | null;
  readonly checkout_token: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
};
type EventLink = Link & { readonly event_name: string; readonly event_id: string };
type Named = Pick<Link, "order_id"> & { readonly external_ids: unknown };
type NamedEvent = EventLink & Named;

const namesOf = (known: Known): Names => ({
  em: listOf(known, "em"),
  ph: listOf(known, "ph"),
  external_id: listOf(known, "external_id"),
  leadIds: listOf(known, "lead"),
});

/** Shopify's customer ID decides where both sides have one: two people can share an address or a phone. */
function isOwn({ order_id, external_ids }: Named, named: Known): boolean {
  const ids = named.get("external_id");
  if (ids === undefined || !Array.isArray(external_ids) || external_ids.length === 0) return true;
  return external_ids.some((id) => ids.has(String(id))) || named.get("order")?.has(order_id ?? "") === true;
}

const merged = (known: Known, rows: readonly Link[]): Known =>
  valuesByKind([
    ...[...known].flatMap(([kind, values]) => [...values].map((value) => ({ kind, value }))),
    ...rows.flatMap(({ order_id, checkout_token, fbp, fbc }) =>
      [
        { kind: "order", value: order_id } as const,
        { kind: "checkout", value: checkout_token } as const,
        { kind: "fbp", value: fbp } as const,
        { kind: "fbc", value: fbc } as const,
      ].flatMap(({ kind, value }) => (value ? [{ kind, value }] : [])),
    ),
  ]);

/**
 * Scans the shop's events once. Only events with personal data match, which are those of the last weeks
 * (retention.server.ts).
 */
const eventsOf = (prisma: PrismaClient, shop: ShopDomain, known: Known): Promise<NamedEvent[]> =>
  prisma.$queryRaw<NamedEvent[]>`
    with own as (
      select event_name, event_id, order_id, checkout_token, body from recorded_event
      where shop = ${shop} and (order_id = any(${listOf(known, "order")}::text[])
        or body->'user_data'->'em' ?| ${listOf(known, "em")}::text[]
        or body->'user_data'->'ph' ?| ${listOf(known, "ph")}::text[]
        or body->'user_data'->'external_id' ?| ${listOf(known, "external_id")}::text[]
        or (event_name, event_id) in (
          select action, lead_id from lead where shop = ${shop} and lead_id = any(${listOf(known, "lead")}::text[])
          union all
          select 'LeadStage', event_id from lead_stage
          where shop = ${shop} and lead_id = any(${listOf(known, "lead")}::text[]) and event_id is not null))
    ), checkouts as (
      select event_name, event_id, order_id, checkout_token, body from recorded_event
      where shop = ${shop} and checkout_token in (select checkout_token from own)
    )
    select distinct event_name, event_id, order_id, checkout_token,
      body->'user_data'->>'fbp' as fbp, body->'user_data'->>'fbc' as fbc,
      body->'user_data'->'external_id' as external_ids
    from (select * from own union all select * from checkouts) all_of_them`;

const receiptsOf = (prisma: PrismaClient, shop: ShopDomain, known: Known) =>
  prisma.$queryRaw<(Link & { id: bigint })[]>`
    select id, order_id, checkout_token, receipt->>'fbp' as fbp, receipt->>'fbc' as fbc from browser_context
    where shop = ${shop} and (order_id = any(${listOf(known, "order")}::text[])
      or checkout_token = any(${listOf(known, "checkout")}::text[]))`;

const anonymousEventsOf = (prisma: PrismaClient, shop: ShopDomain, known: Known) =>
  prisma.$queryRaw<EventLink[]>`
    select event_name, event_id, order_id, checkout_token, null as fbp, null as fbc from recorded_event
    where shop = ${shop} and not (body->'user_data' ?| array['em', 'ph', 'external_id'])
      and (body->'user_data'->>'fbp' = any(${listOf(known, "fbp")}::text[])
        or body->'user_data'->>'fbc' = any(${listOf(known, "fbc")}::text[])
        or checkout_token = any(${listOf(known, "checkout")}::text[]))`;

const uniqueKeys = (events: readonly EventLink[]) => [
  ...new Map(
    events.map(({ event_name, event_id }) => [`${event_name} ${event_id}`, { event_name, event_id }]),
  ).values(),
];

const PAYLOADS = 100;

/** Opens the shop's payloads, a hundred at a time; they are few, and retention limits their age. */
async function quarantinedOf(
  shop: ShopDomain,
  identifiers: readonly Identifier[],
  { prisma, unseal, hashPerson }: FindCustomerDeps,
): Promise<Pick<HeldOfCustomer, "quarantineIds" | "unopened">> {
  const theirs = new Set(identifiers.map(({ kind, value }) => `${kind} ${value}`));
  const quarantineIds: bigint[] = [];
  let unopened = 0;
  for (let after = 0n; ;) {
    const rows = await prisma.quarantine.findMany({
      where: { shop, id: { gt: after } },
      select: { id: true, sealedBody: true },
      orderBy: { id: "asc" },
      take: PAYLOADS,
    });
    for (const { id, sealedBody } of rows) {
      const payload = openedOrNull(sealedBody, unseal);
      if (payload === null) unopened += 1;
      else if (identifiersInPayload(payload, hashPerson).some(({ kind, value }) => theirs.has(`${kind} ${value}`))) {
        quarantineIds.push(id);
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAYLOADS) return { quarantineIds, unopened };
    after = last.id;
  }
}

function openedOrNull(sealed: string, unseal: (sealed: string) => string): string | null {
  try {
    return unseal(sealed);
  } catch {
    return null;
  }
}
