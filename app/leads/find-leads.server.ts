import { Prisma, type PrismaClient } from "@prisma/client";

import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Funnel } from "../settings/types.ts";
import { instantFormLeadId } from "./instant-form.ts";
import { type StageStep, stageAfter } from "./stage-after.ts";
import type { Lead, LeadName, LeadState } from "./types.ts";

type Report = StageStep & { readonly at: string };
type Row = Omit<Lead, "campaign"> & { readonly n: number; readonly reports: readonly Report[] | null };

// Two are enough to see that a name is ambiguous; an order's buyer may have written often before.
const MOST = 20;

const LEAD = Prisma.sql`lead.shop, lead.lead_id as "leadId", lead.kind, lead.action, lead.sent_as as "sentAs",
  lead.happened_at as "happenedAt", lead.external_id as "externalId", lead.user_data as "userData", lead.signal, lead.page,
  lead.pixel_ids as "pixelIds", lead.settings_version as "settingsVersion"`;

/** What is asked of a shop's leads: those of each name. */
type LeadsWanted = { readonly names: readonly LeadName[]; readonly funnel: Funnel };

/** Of each name in its order: its leads, the newest first. */
export type LeadsFound = readonly (readonly LeadState[])[];

/** The leads of each name, the newest first, with the stages they have reached. */
export async function leadsNamed(prisma: PrismaClient, shop: ShopDomain, wanted: LeadsWanted): Promise<LeadsFound> {
  const [found = []] = await leadsOfShops(prisma, [{ shop, ...wanted }]);
  return found;
}

export type LeadsWantedOf = LeadsWanted & { readonly shop: ShopDomain };

/**
 * One query for all names of all shops: a column's index serves the names of its kind. Planned for each order it cost the
 * database 700 µs, several times what the order itself did (docs/performance.md). The plan is kept, so nothing in it may
 * go by the shop alone, which would read all of a large shop's leads: the concatenation keeps PostgreSQL off the indexes
 * that begin with the shop, and the order brings it to the key, which an equality does not while the table is small.
 */
export async function leadsOfShops(
  prisma: PrismaClient,
  all: readonly LeadsWantedOf[],
): Promise<readonly LeadsFound[]> {
  const answers = all.map(({ names }) => names.map((): LeadState[] => []));
  const flat = all.flatMap(({ shop, names, funnel }, of) =>
    names.map((name, nth) => ({ found: answers[of]?.[nth], funnel, sought: { shop, ...lookup(name) } })),
  );
  if (flat.length === 0) return answers;
  const named = JSON.stringify(flat.map(({ sought }, n) => ({ n, ...sought })));
  // addEvents wrote the columns from these types.
  const rows = await prisma.$queryRaw<Row[]>`${CACHED_PLAN}
    -- every shop: orders that come together share the statement, and each name has its shop
    with named as (
      select * from jsonb_to_recordset(${named}::jsonb) as named(n int, shop text, id text, external text, person jsonb)
    )
    select n, ${LEAD}, (
      select jsonb_agg(jsonb_build_object('stage', stage, 'outcome', outcome, 'at', report.happened_at) order by id)
      from lead_stage report where report.lead_id = lead.lead_id and report.shop || '' = lead.shop
        and outcome in ('accepted', 'reopened', 'disqualified-again')
    ) as reports
    from named cross join lateral (
      select * from (
        (
          select * from lead where lead.shop = named.shop and lead.lead_id between named.id and named.id
          order by lead_id limit 1
        )
        union all
        select * from lead where lead.shop = named.shop and lead.external_id = named.external
        union all
        select * from lead where lead.shop || '' = named.shop and lead.user_data @> named.person and lead.user_data <> '{}'
      ) found
      order by happened_at desc, lead_id limit ${MOST}
    ) lead order by n, lead.happened_at desc, lead.lead_id`;
  for (const { n, reports, ...lead } of rows) {
    const answered = flat[n];
    if (answered) answered.found?.push(stateOf({ ...lead, campaign: null }, reports ?? [], answered.funnel));
  }
  return answers;
}

const PERSON: Readonly<Partial<Record<LeadName["by"], string>>> = { email: "em", phone: "ph", customer: "external_id" };

function lookup({ by, value }: LeadName): object {
  if (by === "event-id") return { id: value };
  if (by === "lead-id") return { id: instantFormLeadId(value) };
  const key = PERSON[by];
  return key === undefined ? { external: value } : { person: { [key]: [value] } };
}

function stateOf(lead: Lead, reports: readonly Report[], funnel: Funnel): LeadState {
  const ends = new Set(funnel.stages.filter(({ kind }) => kind === "disqualified").map(({ key }) => key));
  return {
    lead,
    reached: reports
      .filter(({ outcome }) => outcome === "accepted")
      .map(({ stage, at }) => ({ stage, happenedAt: new Date(at) })),
    isDisqualified: stageAfter(reports, ends).isDisqualified,
  };
}
