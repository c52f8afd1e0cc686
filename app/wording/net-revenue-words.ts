import type { NetRevenueNote } from "../outbox/types.ts";
import { amount } from "./amount.ts";

/** Why a sale's net revenue (its value minus its items' costs) is not sent to Meta. */
export const NET_REVENUE_REASONS = {
  "costs-below-coverage": "Too few of the items have a known cost.",
  "sold-below-cost": "The items cost more than they were sold for.",
} as const satisfies Record<NonNullable<NetRevenueNote["reason"]>, string>;

/** A sale's net revenue, or why it was not sent. */
export function netRevenueInWords({ reported, coverage, reason }: NetRevenueNote, currency: string | null): string {
  const known = `Costs are known for ${String(coverage)}% of the merchandise.`;
  if (reason !== null) return `Not reported. ${NET_REVENUE_REASONS[reason]} ${known}`;
  return `${amount({ value: reported, currency }) ?? ""}. ${known}`;
}
