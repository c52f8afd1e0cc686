import { REOPEN } from "../settings/stages.ts";
import type { ConsentRule } from "../event-contract/reason.ts";
import type { LeadKind, LeadName, StageOutcome, StageSource } from "../leads/types.ts";
import type { Funnel, FunnelWarning } from "../settings/types.ts";
import { consentRuleIn } from "./reasons.ts";
import type { Words } from "./words.ts";

/** What became of a report that a lead reached a stage: what happened, why, and what to do. */
export const stageOutcomeIn = (words: Words, outcome: StageOutcome): string => words.text(`leads.outcome.${outcome}`);

/** The same in a word or two, for a badge. */
export const outcomeLabelIn = (words: Words, outcome: StageOutcome): string =>
  words.text(`leadsPage.outcome.${outcome}`);

/** A stage by the name that the merchant gave it; by its key where the funnel has it no more. */
export const stageNameIn = (words: Words, { stages }: Pick<Funnel, "stages">, key: string | null): string => {
  if (key === null) return words.text("leadsPage.stage.none");
  if (key === REOPEN) return words.text("leadsPage.stage.reopen");
  return stages.find((stage) => stage.key === key)?.name ?? key;
};

export const sourceIn = (words: Words, source: StageSource): string => words.text(`leadsPage.source.${source}`);

/** By what a report, or the rule that found an order's lead, named it. */
export const namedByIn = (words: Words, by: LeadName["by"]): string => words.text(`leadsPage.by.${by}`);

export const leadOriginIn = (words: Words, origin: string): string =>
  origin === "instant-form"
    ? words.text("leadsPage.origin.instant-form")
    : words.text("leadsPage.origin.form", { action: origin });

/** The rule that decided on a lead's event. No browser sees an Instant Form: a report speaks for its person. */
export const leadConsentRuleIn = (words: Words, kind: LeadKind, rule: ConsentRule): string =>
  kind === "instant-form" && (rule === "browser-granted" || rule === "browser-declined")
    ? words.text(`leadPage.consent.instant.${rule}`)
    : consentRuleIn(words, rule);

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** A length of time in the largest unit of which there are two. */
export function durationIn(words: Words, seconds: number): string {
  if (seconds >= 2 * DAY) return words.text("leadsPage.duration.days", { n: Math.round(seconds / DAY) });
  return seconds >= 2 * HOUR
    ? words.text("leadsPage.duration.hours", { n: Math.round(seconds / HOUR) })
    : words.text("leadsPage.duration.minutes", { n: Math.round(seconds / MINUTE) });
}

/** What a merchant should know before saving a funnel like this. */
export const funnelWarningIn = (words: Words, warning: FunnelWarning): string =>
  "stage" in warning
    ? words.text(`leads.warning.${warning.kind}`, { stage: warning.stage })
    : words.text(`leads.warning.${warning.kind}`);
