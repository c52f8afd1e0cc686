import { add, type Money, subtract, sum } from "../event-contract/money.ts";
import type { CurrentAmounts, Order, OrderLine } from "../shopify/types.ts";

/**
 * The order as it stood when it was paid, after its checkout: what had been taken off by then was not bought, and what
 * was given back later was. An order that was paid in the checkout is left whole instead: there the browser's leg tells
 * of the checkout, and both legs must say the same.
 */
export function orderAtPayment(order: Order, paidLaterAt_s: number): Order {
  const atPayment = order.lines.map((line) => lineAt(line, paidLaterAt_s)).filter(({ quantity }) => quantity > 0);
  const isAsItStands = order.lines.every(({ takenOff }) => takenOff.every(({ at_s }) => at_s <= paidLaterAt_s));
  const amounts = isAsItStands ? order.current : null;
  const lines = amounts ? addingUpTo(amounts.subtotal, atPayment) : atPayment;
  const { total, tax, shipping } = amounts ?? amountsWith(lines, order);
  return { ...order, paidLaterAt_s, lines, total, tax, shipping, shopTotal: inProportion(order, total) };
}

function lineAt(line: OrderLine, at_s: number): OrderLine {
  const later = line.takenOff.filter((change) => change.at_s > at_s).reduce((all, { quantity }) => all + quantity, 0);
  const quantity = Math.min(line.quantity, line.currentQuantity + later);
  return { ...line, quantity, total: share(line.total, quantity, line.quantity) };
}

const share = (amount: Money, part: number, whole: number): Money => ({
  ...amount,
  minor: part === whole ? amount.minor : Math.round((amount.minor * part) / (whole || 1)),
});

const subtotalOf = (lines: readonly OrderLine[], { total: { currency } }: Order): Money =>
  sum(
    lines.map(({ total }) => total),
    currency,
  );

/** Shopify spreads discounts over the lines anew when an order is edited, so its own subtotal has the last word. */
function addingUpTo(subtotal: Money, lines: readonly OrderLine[]): readonly OrderLine[] {
  const before = lines.reduce((all, { total }) => all + total.minor, 0);
  if (before === subtotal.minor || before <= 0) return lines;
  const spread = lines.map((line) => ({ ...line, total: share(line.total, subtotal.minor, before) }));
  const rest = subtotal.minor - spread.reduce((all, { total }) => all + total.minor, 0);
  const [dearest] = [...spread].sort((one, other) => other.total.minor - one.total.minor);
  return spread.map((line) =>
    line === dearest ? { ...line, total: { ...line.total, minor: line.total.minor + rest } } : line,
  );
}

/** For a payload that tells the order's amounts after later returns, or not at all: what the missing lines cost is off. */
function amountsWith(lines: readonly OrderLine[], order: Order): Omit<CurrentAmounts, "subtotal"> {
  const { shipping, tax, total } = order;
  const [before, now] = [subtotalOf(order.lines, order), subtotalOf(lines, order)];
  const taxNow = share(tax, add(now, shipping).minor, add(before, shipping).minor);
  const isTaxOnTop = total.minor >= add(add(before, shipping), tax).minor;
  const withoutLines = subtract(total, subtract(before, now));
  return { shipping, tax: taxNow, total: isTaxOnTop ? subtract(withoutLines, subtract(tax, taxNow)) : withoutLines };
}

/** The order's rate between its two currencies stays what it is. */
const inProportion = ({ shopTotal, total: before }: Order, total: Money): Money | null =>
  shopTotal && share(shopTotal, total.minor, before.minor);
