import { add, type Money, subtract, sum } from "../event-contract/money.ts";
import type { CurrentAmounts, Order, OrderLine } from "../shopify/types.ts";

/**
 * The order as it was when it was paid, if that was after checkout: lines removed before the payment are excluded, and
 * lines returned after it are included. An order paid at checkout is left unchanged, because its browser leg reports
 * the checkout and both legs must agree.
 */
export function orderAtPayment(order: Order, countedLaterAt_s: number): Order {
  const atPayment = order.lines.map((line) => lineAt(line, countedLaterAt_s)).filter(({ quantity }) => quantity > 0);
  const isAsItStands = order.lines.every(({ takenOff }) => takenOff.every(({ at_s }) => at_s <= countedLaterAt_s));
  const amounts = isAsItStands ? order.current : null;
  const lines = amounts ? addingUpTo(amounts.subtotal, atPayment) : atPayment;
  const { total, tax, shipping } = amounts ?? amountsWith(lines, order);
  return { ...order, countedLaterAt_s, lines, total, tax, shipping, shopTotal: inProportion(order, total) };
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

/** Shopify redistributes discounts when an order is edited, so the lines are scaled to Shopify's own subtotal. */
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

/** For a payload that lacks the amounts at payment, or has them after later returns: subtracts the missing lines. */
function amountsWith(lines: readonly OrderLine[], order: Order): Omit<CurrentAmounts, "subtotal"> {
  const { shipping, tax, total } = order;
  const [before, now] = [subtotalOf(order.lines, order), subtotalOf(lines, order)];
  const taxNow = share(tax, add(now, shipping).minor, add(before, shipping).minor);
  const isTaxOnTop = total.minor >= add(add(before, shipping), tax).minor;
  const withoutLines = subtract(total, subtract(before, now));
  return { shipping, tax: taxNow, total: isTaxOnTop ? subtract(withoutLines, subtract(tax, taxNow)) : withoutLines };
}

/** Keeps the order's own exchange rate between the two currencies. */
const inProportion = ({ shopTotal, total: before }: Order, total: Money): Money | null =>
  shopTotal && share(shopTotal, total.minor, before.minor);
