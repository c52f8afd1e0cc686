import type { StageOutcome } from "../leads/types.ts";
import { outcomeLabelIn } from "../wording/lead-words.ts";
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
