import type { EventDryRun, OrderDryRun } from "../../dry-run/dry-run-order.ts";
import type { NetRevenueNote } from "../../outbox/types.ts";
import type { CheckoutDryRun } from "./checkout.ts";

/** A dry run as text: the verdict of each event on one line, then what would be sent. */
export function inWords(result: OrderDryRun | CheckoutDryRun): string {
  if (result.events.length === 0) return `${result.state}: ${result.reason ?? ""}`;
  const facts = "values" in result ? valuesInWords(result) : [];
  return [...facts, ...result.events.map(eventInWords)].join("\n\n");
}

function valuesInWords({ kind, values }: OrderDryRun): readonly string[] {
  if (!values) return [];
  const { currency, total, subtotal, subtotal_without_tax: withoutTax } = values;
  const amounts = `total ${total}, subtotal ${subtotal}, subtotal without tax ${withoutTax} ${currency}`;
  return [`${kind ?? ""} order: ${amounts}`];
}

function eventInWords({ event, state, reason, rule, server, browser, netRevenue }: EventDryRun): string {
  const why = [reason, rule === undefined ? undefined : `rule ${rule}`].filter((text) => text !== undefined).join(", ");
  return [
    `${event}: ${state}${why === "" ? "" : ` (${why})`}`,
    ...(netRevenue === undefined ? [] : [`net revenue: ${netRevenueInWords(netRevenue)}`]),
    ...(server === null ? [] : ["server leg, one element of data[]:", JSON.stringify(server, null, 2)]),
    ...(browser === null ? [] : ["browser leg, /tr parameters:", JSON.stringify(browser, null, 2)]),
  ].join("\n");
}

const netRevenueInWords = ({ reported, coverage, reason }: NetRevenueNote): string =>
  `${reason === null ? String(reported) : `not told (${reason})`}, costs known for ${coverage} % of the merchandise`;
