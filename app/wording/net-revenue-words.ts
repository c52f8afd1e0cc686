import type { NetRevenueNote } from "../outbox/types.ts";
import { amount } from "./amount.ts";

/** Why Meta is not told what is left of a sale after its items' costs. */
export const NET_REVENUE_REASONS = {
  "costs-below-coverage": "Too few of the items have a known cost.",
  "sold-below-cost": "The items cost more than the sale brought.",
} as const satisfies Record<NonNullable<NetRevenueNote["reason"]>, string>;

/** What became of a sale's net revenue, in a sentence or two. */
export function netRevenueInWords({ reported, coverage, reason }: NetRevenueNote, currency: string | null): string {
  const known = `Costs are known for ${String(coverage)}% of the merchandise.`;
  if (reason !== null) return `Not reported. ${NET_REVENUE_REASONS[reason]} ${known}`;
  return `${amount({ value: reported, currency }) ?? ""}. ${known}`;
}
