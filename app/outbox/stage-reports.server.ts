import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { NewLead, StageRow, StageSource } from "../leads/types.ts";

const LEAD_COLUMNS = Prisma.sql`lead_id text, kind text, action text, sent_as text, happened_at timestamptz,
  external_id text, user_data jsonb, signal jsonb, page text, campaign jsonb, pixel_ids jsonb, settings_version int`;

/** The lead of each new event that has one. */
export const writeLeads = (now: Date): Prisma.Sql => Prisma.sql`
  insert into lead (shop, lead_id, kind, action, sent_as, happened_at, external_id, user_data, signal, page, campaign,
    pixel_ids, settings_version, created_at)
  select input.shop, given.lead_id, given.kind, given.action, given.sent_as, given.happened_at, given.external_id,
    given.user_data, given.signal, given.page, given.campaign, given.pixel_ids, given.settings_version, ${now}::timestamptz
  from input join written using (shop, event_name, event_id)
    cross join jsonb_to_record(input.lead) as given(${LEAD_COLUMNS})
  where written.is_new and input.lead is not null
  on conflict do nothing`;

const STAGE_COLUMNS = Prisma.sql`lead_id text, named_by text, named text, stage text, happened_at timestamptz,
  source text, idempotency_key text, digest text, outcome text, event_id text, order_id text`;

/** The stage of each new event that is one. */
export const writeStages = (now: Date): Prisma.Sql => Prisma.sql`
  insert into lead_stage (shop, lead_id, named_by, named, stage, happened_at, source, idempotency_key, digest, outcome,
    event_id, order_id, received_at)
  select input.shop, given.lead_id, given.named_by, given.named, given.stage, given.happened_at, given.source,
    given.idempotency_key, given.digest, given.outcome, given.event_id, given.order_id, ${now}::timestamptz
  from input join written using (shop, event_name, event_id)
    cross join jsonb_to_record(input.stage) as given(${STAGE_COLUMNS})
  where written.is_new and input.stage is not null
  on conflict do nothing`;

/** Absent and null alike are null in the table. */
export const leadColumns = (lead: NewLead) => ({
  lead_id: lead.leadId,
  kind: lead.kind,
  action: lead.action,
  sent_as: lead.sentAs,
  happened_at: lead.happenedAt,
  external_id: lead.externalId,
  user_data: lead.userData,
  signal: lead.signal ?? undefined,
  page: lead.page,
  campaign: lead.campaign ?? undefined,
  pixel_ids: lead.pixelIds ?? undefined,
  settings_version: lead.settingsVersion,
});

export const stageColumns = (row: StageRow) => ({
  lead_id: row.leadId,
  named_by: row.namedBy,
  named: row.named,
  stage: row.stage,
  happened_at: row.happenedAt,
  source: row.source,
  idempotency_key: row.idempotencyKey,
  digest: row.digest,
  outcome: row.outcome,
  event_id: row.eventId,
  order_id: row.orderId,
});

/** What was answered to an earlier report with this key. */
export type KeptReport = Pick<StageRow, "idempotencyKey" | "digest" | "stage" | "leadId" | "outcome" | "eventId">;

/** The reports that the shop's source has sent under these keys before. */
export const keptReports = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { source, keys }: { readonly source: StageSource; readonly keys: readonly string[] },
): Promise<readonly KeptReport[]> => prisma.$queryRaw<KeptReport[]>`
  select idempotency_key as "idempotencyKey", digest, stage, lead_id as "leadId", outcome, event_id as "eventId"
  from lead_stage where shop = ${shop} and source = ${source} and idempotency_key = any (${[...keys]}::text[])`;

export type ReportsToKeep = { readonly rows: readonly StageRow[]; readonly now: Date };

/** Lists reports that made no event. One whose key is there already stays as it was. Returns the keys that are new. */
export async function keepReports(
  prisma: PrismaClient,
  shop: ShopDomain,
  { rows, now }: ReportsToKeep,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const written = await prisma.$queryRaw<{ key: string }[]>`
    insert into lead_stage (shop, lead_id, named_by, named, stage, happened_at, source, idempotency_key, digest, outcome,
      event_id, order_id, received_at)
    select ${shop}, lead_id, named_by, named, stage, happened_at, source, idempotency_key, digest, outcome, event_id,
      order_id, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows.map(stageColumns))}::jsonb) as given(${STAGE_COLUMNS})
    on conflict do nothing
    returning idempotency_key as key`;
  return new Set(written.map(({ key }) => key));
}

/**
 * Leads that declined: their identifiers go, and no later report brings them back. One that is not known yet is stored,
 * so that a later report finds its answer.
 */
export const keepDeclined = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { leads, now }: { readonly leads: readonly NewLead[]; readonly now: Date },
): Promise<number> => prisma.$executeRaw`
  insert into lead (shop, lead_id, kind, action, sent_as, happened_at, user_data, signal, settings_version, created_at)
  select ${shop}, lead_id, kind, action, sent_as, happened_at, '{}', signal, settings_version, ${now}::timestamptz
  from jsonb_to_recordset(${JSON.stringify(leads.map(leadColumns))}::jsonb) as given(${LEAD_COLUMNS})
  order by lead_id
  on conflict (shop, lead_id) do update set signal = excluded.signal, user_data = '{}', page = null, campaign = null`;
