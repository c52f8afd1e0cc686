import type { EventRow } from "../ledger/types.ts";

/** Whether both legs carry the same value, currency, items and IDs. */
export function LegsBadge({ legsAgree }: Pick<EventRow, "legsAgree">) {
  if (legsAgree === null) return <s-badge>One leg only</s-badge>;
  return legsAgree ? <s-badge tone="success">Legs agree</s-badge> : <s-badge tone="critical">Legs differ</s-badge>;
}
