import type { EventRow } from "../ledger/types.ts";

/**
 * A value with its currency, such as `49.90 EUR`. Server and browser format it alike, so hydration changes nothing.
 * Null for an event without a value.
 */
export function amount({ value, currency }: Pick<EventRow, "value" | "currency">): string | null {
  if (value === null || currency === null) return null;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return `${value.toFixed(maximumFractionDigits)} ${currency}`;
}
