import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";

/** A lead as far as a search follows it. A lead has no checkout, and its orders do not identify it. */
export type LeadLink = {
  readonly lead_id: string;
  readonly order_id: null;
  readonly checkout_token: null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  readonly external_ids: unknown;
};

const LINK = Prisma.sql`lead_id, null as order_id, null as checkout_token, user_data->>'fbp' as fbp,
  user_data->>'fbc' as fbc, user_data->'external_id' as external_ids`;

export type Names = {
  readonly em: readonly string[];
  readonly ph: readonly string[];
  readonly external_id: readonly string[];
  readonly leadIds: readonly string[];
};

/** The leads with one of these hashes or IDs. They keep them for longer than events do. */
export const namedLeadsOf = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { em, ph, external_id, leadIds }: Names,
): Promise<LeadLink[]> => prisma.$queryRaw<LeadLink[]>`
  select ${LINK} from lead where shop = ${shop} and (lead_id = any(${[...leadIds]}::text[])
    or user_data->'em' ?| ${[...em]}::text[]
    or user_data->'ph' ?| ${[...ph]}::text[] or user_data->'external_id' ?| ${[...external_id]}::text[])`;

export type Browsers = {
  readonly fbp: readonly string[];
  readonly fbc: readonly string[];
  /** The events that are the customer's. A form's lead has the ID of its event. */
  readonly eventIds: readonly string[];
};

/** The leads without a name that came from these browsers, and those of these events. */
export const anonymousLeadsOf = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { fbp, fbc, eventIds }: Browsers,
): Promise<LeadLink[]> => prisma.$queryRaw<LeadLink[]>`
  select ${LINK} from lead where shop = ${shop} and (lead_id = any(${[...eventIds]}::text[])
    or (not (user_data ?| array['em', 'ph', 'external_id'])
      and (user_data->>'fbp' = any(${[...fbp]}::text[]) or user_data->>'fbc' = any(${[...fbc]}::text[]))))`;

export type ErasedLeads = {
  readonly shop: ShopDomain;
  readonly leadIds: readonly string[];
  readonly hashes: readonly string[];
  readonly cookies: readonly string[];
};

/**
 * Deletes the customer's leads with all reports about them, and the reports that named the customer and matched no lead.
 * Other people's leads from the same browser keep theirs, without Meta's cookies.
 */
export const erasuresOfLeads = (prisma: PrismaClient, { shop, leadIds, hashes, cookies }: ErasedLeads) => [
  prisma.$executeRaw`
    delete from lead_stage where shop = ${shop} and (lead_id = any(${[...leadIds]}::text[])
      or (named_by in ('email', 'phone', 'customer') and named = any(${[...hashes]}::text[])))`,
  prisma.$executeRaw`delete from lead where shop = ${shop} and lead_id = any(${[...leadIds]}::text[])`,
  prisma.$executeRaw`
    update lead set user_data = user_data - 'fbp' - 'fbc' where shop = ${shop}
      and (user_data->>'fbp' = any(${[...cookies]}::text[]) or user_data->>'fbc' = any(${[...cookies]}::text[]))`,
];

export type HeldLead = Readonly<Record<string, unknown>> & { readonly identifiers: unknown };

/** The leads for the customer's file, each with what was reported about it. */
export const leadsForFile = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { leadIds }: { readonly leadIds: readonly string[] },
): Promise<HeldLead[]> => prisma.$queryRaw<HeldLead[]>`
  select lead_id as id, kind, action as name, happened_at as "happenedAt", created_at as "recordedAt",
    external_id as reference, user_data as identifiers, page, campaign, signal as "consentSignal", coalesce((
      select jsonb_agg(jsonb_build_object('stage', stage, 'happenedAt', report.happened_at, 'receivedAt', received_at,
        'source', source, 'outcome', outcome, 'orderId', order_id) order by report.id)
      from lead_stage report where report.lead_id = lead.lead_id and report.shop = lead.shop
    ), '[]') as reports
  from lead where shop = ${shop} and lead_id = any(${[...leadIds]}::text[]) order by happened_at, lead_id`;

/** Reports that named the customer and matched no lead. */
export const reportsForFile = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { hashes }: { readonly hashes: readonly string[] },
): Promise<object[]> => prisma.$queryRaw<object[]>`
  select stage, happened_at as "happenedAt", received_at as "receivedAt", source, outcome, named_by as "namedBy"
  from lead_stage where shop = ${shop} and lead_id is null and named_by in ('email', 'phone', 'customer')
    and named = any(${[...hashes]}::text[]) order by id`;
