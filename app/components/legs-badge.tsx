import type { EventRow } from "../ledger/types.ts";
import { useWords } from "./words-context.ts";

/** Whether both legs carry the same value, currency, items and IDs. */
export function LegsBadge({ legsAgree }: Pick<EventRow, "legsAgree">) {
  const words = useWords();
  if (legsAgree === null) return <s-badge>{words.text("legs.one")}</s-badge>;
  return legsAgree ? (
    <s-badge tone="success">{words.text("legs.agree")}</s-badge>
  ) : (
    <s-badge tone="critical">{words.text("legs.differ")}</s-badge>
  );
}
