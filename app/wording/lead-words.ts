import type { StageOutcome } from "../leads/types.ts";
import type { FunnelWarning } from "../settings/types.ts";
import type { Words } from "./words.ts";

/** What became of a report that a lead reached a stage: what happened, why, and what to do. */
export const stageOutcomeIn = (words: Words, outcome: StageOutcome): string => words.text(`leads.outcome.${outcome}`);

/** What a merchant should know before saving a funnel like this. */
export const funnelWarningIn = (words: Words, warning: FunnelWarning): string =>
  "stage" in warning
    ? words.text(`leads.warning.${warning.kind}`, { stage: warning.stage })
    : words.text(`leads.warning.${warning.kind}`);
