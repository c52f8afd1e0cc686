import type { Amount, Order } from "./types.ts";

/** The line's quantity after removals and refunds. */
export const leftOf = ({ priced, refunds }: Order, position: number): number =>
  refunds
    .flatMap(({ lines }) => lines)
    .filter((line) => line.position === position)
    .reduce((left, { quantity }) => left - quantity, priced.lines[position]?.quantity ?? 0);

/** Shopify's `current_…` amounts: "after edits, refunds and returns" (Admin API, Order, 2026-10). Shipping stays. */
export function currentAmounts(order: Order): {
  readonly subtotal: Amount;
  readonly tax: Amount;
  readonly total: Amount;
} {
  const { priced } = order;
  const gone = (of: "net" | "tax"): Amount =>
    priced.lines.reduce((all, line, position) => {
      const share = (line.quantity - leftOf(order, position)) / line.quantity;
      return all + Math.round(line[of] * share);
    }, 0);
  const [net, tax] = [gone("net"), gone("tax")];
  return {
    subtotal: priced.subtotal - net,
    tax: priced.tax - tax,
    total: priced.total - net - (priced.taxesIncluded ? 0 : tax),
  };
}
