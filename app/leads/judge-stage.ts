import type { Funnel, FunnelStage } from "../settings/types.ts";
import type { LeadState, StageOutcome, StageReport } from "./types.ts";

/** What a report is held against. */
export type StageQuestion = {
  readonly report: Pick<StageReport, "happenedAt" | "source">;
  /** The stage that the report names; null for a word that opens the lead again. */
  readonly stage: FunnelStage | null;
  /** The leads that the report may mean. */
  readonly leads: readonly LeadState[];
  readonly funnel: Funnel;
  readonly now: Date;
  /** The last moment at which Meta takes an event of this time. */
  readonly sendableUntil: Date;
};

type Rule = (state: LeadState, question: StageQuestion) => StageOutcome | null;

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

const secondsOrNull = (moment: Date | null): number | null => moment && seconds(moment);

const steps = ({ stages }: Funnel): readonly FunnelStage[] => stages.filter(({ kind }) => kind !== "disqualified");

/** When the lead reached the stage; the first stage of a form's lead is the form. */
function reachedAt({ lead, reached }: LeadState, key: string, funnel: Funnel): Date | null {
  const known = reached.find(({ stage }) => stage === key)?.happenedAt;
  if (known !== undefined) return known;
  return lead.kind === "form" && key === funnel.stages[0]?.key ? lead.happenedAt : null;
}

const consent: Rule = ({ lead: { signal } }) => {
  if (signal === null) return "consent-unknown";
  return signal.marketing ? null : "declined-consent";
};

const times: Rule = ({ lead }, { report, now, sendableUntil }) => {
  if (seconds(report.happenedAt) > Math.ceil(now.getTime() / 1000)) return "in-future";
  if (sendableUntil <= now) return "too-old";
  return seconds(report.happenedAt) < seconds(lead.happenedAt) ? "before-lead" : null;
};

const reopening: Rule = ({ isDisqualified }, { stage }) => {
  if (stage !== null) return null;
  return isDisqualified ? "reopened" : "duplicate";
};

const repetition: Rule = (state, { stage, funnel }) => {
  if (stage === null || reachedAt(state, stage.key, funnel) === null) return null;
  // Meta was sent the event of the first time, and gets no second one.
  return stage.kind === "disqualified" && !state.isDisqualified ? "disqualified-again" : "duplicate";
};

const disqualification: Rule = ({ isDisqualified }) => (isDisqualified ? "after-disqualified" : null);

/**
 * A stage follows all that come before it, in the funnel and in time, and no later one. An order needs no earlier stage,
 * because it is a fact, and neither does a disqualification.
 */
const order: Rule = (state, { report, stage, funnel }) => {
  const inOrder = steps(funnel);
  const isEnd = stage?.kind === "disqualified";
  const position = isEnd ? inOrder.length - 1 : inOrder.findIndex(({ key }) => key === stage?.key);
  const at = ({ key }: FunnelStage): number | null => secondsOrNull(reachedAt(state, key, funnel));
  const earlier = inOrder.slice(0, position);
  const isLate = inOrder.slice(position).some((step) => at(step) !== null);
  const isBeforeAnother = earlier.some((step) => (at(step) ?? 0) > seconds(report.happenedAt));
  const isMissing = earlier.some((step) => at(step) === null && !step.mayBeSkipped);
  const mustFollow = report.source !== "order" && !isEnd;
  return isLate || isBeforeAnother || (mustFollow && isMissing) ? "out-of-order" : null;
};

const RULES: readonly Rule[] = [consent, repetition, times, reopening, disqualification, order];

/** The outcome of a report: the first rule that it breaks, or `accepted`. */
export function judgeStage(question: StageQuestion): StageOutcome {
  const [state, another] = question.leads;
  if (state === undefined) return "unknown-lead";
  if (another !== undefined) return "ambiguous";
  for (const rule of RULES) {
    const outcome = rule(state, question);
    if (outcome !== null) return outcome;
  }
  return "accepted";
}

type Reported = { readonly outcome: StageOutcome; readonly happenedAt: Date };

/** The lead's state after a report with this outcome. */
export function afterStage(state: LeadState, stage: FunnelStage | null, { outcome, happenedAt }: Reported): LeadState {
  if (outcome === "reopened") return { ...state, isDisqualified: false };
  if (outcome === "disqualified-again") return { ...state, isDisqualified: true };
  if (outcome !== "accepted" || stage === null) return state;
  const reached = [...state.reached, { stage: stage.key, happenedAt }];
  return { ...state, reached, isDisqualified: stage.kind === "disqualified" };
}
