import type { StageOutcome } from "../leads/types.ts";
import { outcomeLabelIn, stageOutcomeIn } from "../wording/lead-words.ts";
import { useWords } from "./words-context.ts";

const TONES: Readonly<Partial<Record<StageOutcome, "success" | "info">>> = {
  accepted: "success",
  duplicate: "info",
  reopened: "info",
  "disqualified-again": "info",
};

/** What became of a report about a lead, in a word or two. */
export function OutcomeBadge({ outcome }: { readonly outcome: StageOutcome }) {
  return <s-badge tone={TONES[outcome] ?? "caution"}>{outcomeLabelIn(useWords(), outcome)}</s-badge>;
}

/** The same with the sentence that says why, and what to do. */
export function ExplainedOutcome({ outcome }: { readonly outcome: StageOutcome }) {
  return (
    <s-stack gap="small-300" alignItems="start">
      <OutcomeBadge outcome={outcome} />
      <s-text color="subdued">{stageOutcomeIn(useWords(), outcome)}</s-text>
    </s-stack>
  );
}
