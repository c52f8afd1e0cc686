import { leadOfInstantForm, withConsent } from "../leads/instant-form.ts";
import { afterStage, judgeStage, type StageQuestion } from "../leads/judge-stage.ts";
import type { LeadState, StageOutcome, StageReport } from "../leads/types.ts";
import { sendableUntil } from "../meta/retry-schedule.ts";
import { funnelOf, stageNamed } from "../settings/funnel.ts";
import { REOPEN } from "../settings/stages.ts";
import type { FunnelStage, ShopProfile } from "../settings/types.ts";

export type Judged = {
  readonly report: StageReport;
  readonly outcome: StageOutcome;
  readonly stage: FunnelStage | null;
  /** Null unless the report means exactly one lead. */
  readonly state: LeadState | null;
  /** The lead is stored with its first event. */
  readonly isNewLead: boolean;
};

type Against = { readonly profile: Pick<ShopProfile, "shop" | "settings">; readonly now: Date };

/**
 * Judges reports in the order of their times; those of one lead build on each other. `candidates`: the leads that each report
 * may mean, as they are stored. Returns the judgements in the order of the reports.
 */
export function judgeReports(
  reports: readonly StageReport[],
  candidates: readonly (readonly LeadState[])[],
  { profile: { shop, settings }, now }: Against,
): readonly Judged[] {
  const funnel = funnelOf(settings);
  const forms = { shop, settingsVersion: settings.version, funnel };
  const stored = new Set(candidates.flat().map(({ lead }) => lead.leadId));
  const states = new Map<string, LeadState>();
  const stateOf = (state: LeadState, report: StageReport): LeadState =>
    withConsent(states.get(state.lead.leadId) ?? state, report);

  /** Notes what the report makes of its lead. Whether the lead has to be stored with the stage. */
  const note = ({ lead }: LeadState, after: LeadState, outcome: StageOutcome): boolean => {
    states.set(lead.leadId, after);
    const isNew = outcome === "accepted" && !stored.has(lead.leadId);
    if (isNew) stored.add(lead.leadId);
    return isNew;
  };

  const judge = (report: StageReport, known: readonly LeadState[]): Judged => {
    const leads = (known.length > 0 ? known : leadOfInstantForm(report, forms)).map((one) => stateOf(one, report));
    const stage = stageNamed(funnel, report.stage) ?? null;
    const outcome = outcomeOf({ report, stage, leads, funnel, now });
    const state = only(leads);
    const isNewLead =
      state !== null && note(state, afterStage(state, stage, { outcome, happenedAt: report.happenedAt }), outcome);
    return { report, outcome, stage, state, isNewLead };
  };

  const numbered = reports.map((report, n) => ({ report, known: candidates[n] ?? [], n }));
  const inTime = numbered.toSorted((one, other) => one.report.happenedAt.getTime() - other.report.happenedAt.getTime());
  const judged = new Map(inTime.map(({ report, known, n }) => [n, judge(report, known)]));
  return numbered.flatMap(({ n }) => judged.get(n) ?? []);
}

const only = (leads: readonly LeadState[]): LeadState | null => (leads.length === 1 && leads[0]) || null;

function outcomeOf(question: Omit<StageQuestion, "report" | "sendableUntil"> & { readonly report: StageReport }) {
  const { report, stage } = question;
  if (stage === null && !isReopening(report)) return "unknown-stage";
  return judgeStage({ ...question, sendableUntil: takenUntil(report) });
}

const isReopening = ({ stage }: StageReport): boolean => stage.trim().toLowerCase() === REOPEN;

const takenUntil = ({ happenedAt }: StageReport): Date =>
  sendableUntil(Math.floor(happenedAt.getTime() / 1000), "system_generated");
