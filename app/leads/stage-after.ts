import type { StageOutcome } from "./types.ts";

/** A report that changed a lead. */
export type StageStep = { readonly stage: string; readonly outcome: StageOutcome };

/** Where a lead is after these steps, the oldest first. `ends`: the keys of the stages that disqualify. */
export function stageAfter(
  steps: readonly StageStep[],
  ends: ReadonlySet<string>,
): { readonly stage: string | null; readonly isDisqualified: boolean } {
  const last = steps.findLast(({ stage, outcome }) => outcome !== "accepted" || ends.has(stage));
  const isDisqualified = last !== undefined && last.outcome !== "reopened";
  const open = steps.findLast(({ stage, outcome }) => outcome === "accepted" && !ends.has(stage));
  return { stage: (isDisqualified ? last.stage : open?.stage) ?? null, isDisqualified };
}
