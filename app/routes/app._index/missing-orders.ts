import type { MissingBecause, MissingOrder, MissingOutcome } from "../../ledger/types.ts";

export type MissingGroup = {
  readonly because: MissingBecause;
  readonly outcome: MissingOutcome;
  readonly count: number;
};

/** Orders that were missing for the same reason and with the same outcome, counted. */
export function groupMissing(orders: readonly MissingOrder[]): readonly MissingGroup[] {
  const groups = new Map<string, MissingGroup>();
  for (const { because, outcome } of orders) {
    const key = `${because} ${outcome}`;
    groups.set(key, { because, outcome, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}
