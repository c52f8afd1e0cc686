import { Prisma, type PrismaClient } from "@prisma/client";

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

/**
 * The leads of each name, the newest first, with the stages they have reached. One query for all names: a column's index
 * serves the names of its kind.
 */
export async function leadsNamed(
  prisma: PrismaClient,
  shop: ShopDomain,
  { names, funnel }: { readonly names: readonly LeadName[]; readonly funnel: Funnel },
): Promise<readonly (readonly LeadState[])[]> {
  if (names.length === 0) return [];
  const named = JSON.stringify(names.map(({ by, value }, n) => ({ n, ...lookup(by, value) })));
  // addEvents wrote the columns from these types.
  const rows = await prisma.$queryRaw<Row[]>`
    with named as (
      select * from jsonb_to_recordset(${named}::jsonb) as named(n int, id text, external text, person jsonb)
    ), found as (
      select n, lead.* from named join lead on lead.shop = ${shop} and lead.lead_id = named.id
      union all
      select n, lead.* from named join lead on lead.shop = ${shop} and lead.external_id = named.external
      union all
      select n, lead.* from named join lead on lead.shop = ${shop} and lead.user_data @> named.person
        and lead.user_data <> '{}'
    ), newest as (
      select *, row_number() over (partition by n order by happened_at desc, lead_id) as nth from found
    )
    select n, ${LEAD}, (
      select jsonb_agg(jsonb_build_object('stage', stage, 'outcome', outcome, 'at', report.happened_at) order by id)
      from lead_stage report where report.lead_id = lead.lead_id and report.shop = lead.shop
        and outcome in ('accepted', 'reopened', 'disqualified-again')
    ) as reports
    from newest lead where nth <= ${MOST} order by n, nth`;
  const answers = names.map((): LeadState[] => []);
  for (const { n, reports, ...lead } of rows) {
    answers[n]?.push(stateOf({ ...lead, campaign: null }, reports ?? [], funnel));
  }
  return answers;
}

const PERSON: Readonly<Partial<Record<LeadName["by"], string>>> = { email: "em", phone: "ph", customer: "external_id" };

function lookup(by: LeadName["by"], value: string): object {
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
