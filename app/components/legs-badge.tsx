import { Badge } from "@shopify/polaris";
import type { EventRow } from "../ledger/types.ts";

/** Whether both legs carry the same value, currency, items and IDs. */
export function LegsBadge({ legsAgree }: Pick<EventRow, "legsAgree">) {
  if (legsAgree === null) return <Badge>One leg only</Badge>;
  return legsAgree ? <Badge tone="success">Legs agree</Badge> : <Badge tone="critical">Legs differ</Badge>;
}
