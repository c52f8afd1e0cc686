import { Prisma, type PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import { instantFormLeadId } from "./instant-form.ts";
import type {
  LeadConditions,
  LeadCounts,
  LeadPage,
  LeadQuery,
  LeadRow,
  RefusedPage,
  RefusedReport,
  StageCount,
} from "./lead-list-types.ts";
import { type StageStep, stageAfter } from "./stage-after.ts";
import type { StageOutcome } from "./types.ts";

type Row = Omit<LeadRow, "stage"> & { readonly steps: readonly StageStep[] | null };

/**
 * One page of the shop's leads, newest first, in one statement. `ends`: the keys of the stages that disqualify. Leads
 * that arrive while somebody pages shift nothing.
 */
export async function listLeads(
  prisma: PrismaClient,
  shop: ShopDomain,
  { query, ends }: { readonly query: LeadQuery; readonly ends: ReadonlySet<string> },
): Promise<LeadPage> {
  const conditions = Prisma.join([...conditionsOf(shop, query), ...after(query.cursor)], " and ");
  const rows = await prisma.$queryRaw<Row[]>`
    select lead_id as "leadId", kind, action, happened_at as "happenedAt", external_id as "externalId",
      (signal->>'marketing')::boolean as agreed, (
        select jsonb_agg(jsonb_build_object('stage', stage, 'outcome', outcome) order by id)
        from lead_stage report where report.lead_id = lead.lead_id and report.shop = ${shop}
          and outcome in ('accepted', 'reopened', 'disqualified-again')
      ) as steps, (
        select outcome from lead_stage report where report.lead_id = lead.lead_id and report.shop = ${shop}
          and ${REFUSED} order by id desc limit 1
      ) as problem
    from (
      select * from lead where ${conditions} order by happened_at desc, lead_id desc limit ${query.limit + 1}
    ) lead
    order by happened_at desc, lead_id desc`;
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ steps, ...row }) => ({ ...row, stage: stageAfter(steps ?? [], ends).stage })),
    nextCursor: last === undefined ? null : cursorOf(last.happenedAt.toISOString(), last.leadId),
  };
}

const REFUSED = Prisma.sql`outcome not in ('accepted', 'duplicate', 'reopened', 'disqualified-again')`;

const cursorOf = (...position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

const Position = z.tuple([z.iso.datetime(), z.string().refine(isStorable)]);

/** Cursors are part of URLs, so a cursor can be any text; one that is none starts from the beginning. */
function after(cursor: string | undefined): readonly Prisma.Sql[] {
  try {
    const text = Buffer.from(cursor ?? "", "base64url").toString("utf8");
    const [at, leadId] = Position.parse(JSON.parse(text));
    return [Prisma.sql`(happened_at, lead_id) < (${at}::timestamptz, ${leadId})`];
  } catch {
    return [];
  }
}

function conditionsOf(
  shop: ShopDomain,
  { from, stage, origin, reason, search }: LeadConditions,
): readonly Prisma.Sql[] {
  return [
    Prisma.sql`shop = ${shop}`,
    ...(from === undefined ? [] : [Prisma.sql`happened_at >= ${from}::timestamptz`]),
    ...(origin === undefined ? [] : [originIs(origin)]),
    ...(stage === undefined ? [] : [hasReport(shop, Prisma.sql`stage = ${stage} and outcome = 'accepted'`)]),
    ...(reason === undefined ? [] : [hasReport(shop, Prisma.sql`outcome = ${reason} and ${REFUSED}`)]),
    ...(search === undefined ? [] : [isNamed(shop, search)]),
  ];
}

// Meta calls every lead of an Instant Form a Lead. Named as well, the index gives the page its order.
const originIs = (origin: string): Prisma.Sql =>
  origin === "instant-form"
    ? Prisma.sql`kind = 'instant-form' and action = 'Lead'`
    : Prisma.sql`kind = 'form' and action = ${origin}`;

const hasReport = (shop: ShopDomain, which: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`lead_id in (select lead_id from lead_stage where shop = ${shop} and lead_id is not null and ${which})`;

/** One look-up by key for each meaning of what was typed. */
const isNamed = (shop: ShopDomain, text: string): Prisma.Sql => Prisma.sql`lead_id in (
    select lead_id from lead where shop = ${shop} and lead_id = any (${[text, instantFormLeadId(text), leadIdIn(text)]})
    union all
    select lead_id from lead where shop = ${shop} and external_id = ${text}
  )`;

/** The ID of a stage's event names its lead: `stage.KEY.LEAD`. */
const leadIdIn = (text: string): string => /^stage\.[a-z0-9-]+\.(.+)$/s.exec(text)?.[1] ?? text;

/** How many leads of a period and an origin there are, and how many have reached each stage; one statement. */
export async function countLeads(
  prisma: PrismaClient,
  shop: ShopDomain,
  { from, origin }: Pick<LeadConditions, "from" | "origin">,
): Promise<LeadCounts> {
  const conditions = Prisma.join([...conditionsOf(shop, { from, origin })], " and ");
  const rows = await prisma.$queryRaw<(Omit<StageCount, "stage"> & { readonly stage: string | null })[]>`
    with wanted as materialized (select lead_id, happened_at from lead where ${conditions})
    select null as stage, count(*)::int as leads, 0::float8 as "medianSeconds" from wanted
    union all
    select stage, count(*)::int, percentile_cont(0.5) within group (
      order by extract(epoch from reached.happened_at - wanted.happened_at)::float8)
    from wanted join lead_stage reached on reached.shop = ${shop} and reached.lead_id = wanted.lead_id
    where reached.outcome = 'accepted'
    group by stage`;
  return {
    leads: rows.find(({ stage }) => stage === null)?.leads ?? 0,
    stages: rows.flatMap(({ stage, ...count }) => (stage === null ? [] : [{ stage, ...count }])),
  };
}

export type RefusedQuery = {
  readonly from?: Date | undefined;
  readonly reason?: StageOutcome | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

const ID = /^\d{1,18}$/;

/** The reports that changed nothing, newest first. */
export async function listRefusedReports(
  prisma: PrismaClient,
  shop: ShopDomain,
  { from, reason, cursor, limit }: RefusedQuery,
): Promise<RefusedPage> {
  const conditions = [
    Prisma.sql`shop = ${shop}`,
    REFUSED,
    ...(from === undefined ? [] : [Prisma.sql`received_at >= ${from}::timestamptz`]),
    ...(reason === undefined ? [] : [Prisma.sql`outcome = ${reason}`]),
    ...(cursor !== undefined && ID.test(cursor) ? [Prisma.sql`id < ${BigInt(cursor)}`] : []),
  ];
  const rows = await prisma.$queryRaw<RefusedReport[]>`
    select ${REPORT}, lead_id as "leadId" from lead_stage
    where ${Prisma.join(conditions, " and ")} order by lead_stage.id desc limit ${limit + 1}`;
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Addresses and numbers are stored as hashes, which tell a person nothing. */
export const REPORT = Prisma.sql`id::text, named_by as "namedBy",
  case when named_by in ('email', 'phone', 'customer') then null else named end as named, stage,
  happened_at as "happenedAt", received_at as "receivedAt", source, outcome`;
