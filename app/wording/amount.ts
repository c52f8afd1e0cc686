import type { EventRow } from "../ledger/types.ts";

/**
 * A value with its currency, written alike on the server and in every browser, so that nothing moves when the page
 * comes alive: `49.90 EUR`. Null where the event carries no value.
 */
export function amount({ value, currency }: Pick<EventRow, "value" | "currency">): string | null {
  if (value === null || currency === null) return null;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return `${value.toFixed(maximumFractionDigits)} ${currency}`;
}
