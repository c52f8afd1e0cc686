import { currencyCode, type Money, moneyFromNumber, times, toNumber } from "../event-contract/money.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { Order } from "../shopify/types.ts";
import type { CostBasis, CostLine, NetRevenueNote } from "../outbox/types.ts";
import type { Settings } from "../settings/types.ts";

/**
 * What net revenue needs from the order once costs are known: the lines that count, and the order's exchange rate from
 * the shop's currency (which costs use) to the buyer's. Absent when the merchant has net revenue off, or when the order
 * does not contain its own rate; no other rate is used.
 */
export function costBasisOf(order: Order, settings: Settings): { readonly costBasis?: CostBasis } {
  const costBasis = settings.orders?.netRevenue === true ? basisOf(order, settings) : null;
  return costBasis === null ? {} : { costBasis };
}

function basisOf({ lines, shopTotal, total }: Order, { giftCards }: Settings): CostBasis | null {
  if (shopTotal === null) return null;
  const isOneCurrency = shopTotal.currency === total.currency;
  if (!isOneCurrency && (shopTotal.minor <= 0 || total.minor <= 0)) return null;
  return {
    currency: shopTotal.currency,
    rate: isOneCurrency ? 1 : total.minor / shopTotal.minor,
    lines: lines
      .filter((line) => line.quantity > 0 && (giftCards !== "leave-out" || !line.isGiftCard))
      .map(({ variantId, quantity, total: worth }) => ({ variantId, quantity, worth: worth.minor })),
  };
}

/** The variants whose costs are needed. */
export const variantsIn = ({ lines }: CostBasis): readonly string[] => [
  ...new Set(lines.flatMap(({ variantId }) => variantId ?? [])),
];

/**
 * The sale's value minus the cost of its items, in the value's currency. Lines without a known cost are assumed to have
 * the same cost ratio as the others. If the others make up less than `leastCoverage` percent of the order's
 * merchandise, nothing is reported.
 */
export function netRevenueOf(
  { value, currency }: CustomData,
  basis: CostBasis,
  { costs, leastCoverage }: { readonly costs: ReadonlyMap<string, Money>; readonly leastCoverage: number },
): NetRevenueNote {
  const code = currencyCode(currency);
  const worth = code && moneyFromNumber(value, code);
  const known = basis.lines.flatMap((line) => knownCost(line, basis, costs) ?? []);
  const knownWorth = sumOf(known.map((line) => line.worth));
  const allWorth = sumOf(basis.lines.map((line) => line.worth));
  const coverage = coverageOf({ known, knownWorth, allWorth }, basis);
  if (!worth || coverage < leastCoverage) return { reported: null, coverage, reason: "costs-below-coverage" };
  const cost = sumOf(known.map((line) => line.cost)) * (knownWorth > 0 ? allWorth / knownWorth : 1);
  const left = worth.minor - Math.round(cost);
  return left < 0
    ? { reported: null, coverage, reason: "sold-below-cost" }
    : { reported: toNumber({ ...worth, minor: left }), coverage, reason: null };
}

type Known = { readonly known: readonly KnownLine[]; readonly knownWorth: number; readonly allWorth: number };

/** In percent, rounded down. For free merchandise, every line must have a known cost. */
function coverageOf({ known, knownWorth, allWorth }: Known, { lines }: CostBasis): number {
  if (allWorth > 0) return Math.floor((knownWorth * 100) / allWorth);
  return known.length > 0 && known.length === lines.length ? 100 : 0;
}

type KnownLine = { readonly worth: number; readonly cost: number };

/** The line's cost in the buyer's minor units, not rounded; null if the cost is not in the shop's currency. */
function knownCost(line: CostLine, basis: CostBasis, costs: ReadonlyMap<string, Money>): KnownLine | null {
  const unit = line.variantId === null ? undefined : costs.get(line.variantId);
  if (unit?.currency !== basis.currency) return null;
  return { worth: line.worth, cost: times(unit, line.quantity).minor * basis.rate };
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
