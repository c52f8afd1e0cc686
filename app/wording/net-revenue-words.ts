import type { NetRevenueNote } from "../outbox/types.ts";
import type { Words } from "./words.ts";

/** A sale's net revenue, or why it was not sent. */
export function netRevenueIn(
  words: Words,
  { reported, coverage: percent, reason }: NetRevenueNote,
  currency: string | null,
): string {
  const coverage = words.text("netRevenue.coverage", { percent });
  return reason === null
    ? words.text("netRevenue.reported", { amount: amountIn(words, reported, currency), coverage })
    : words.text("netRevenue.not-reported", { reason: words.text(`netRevenue.reason.${reason}`), coverage });
}

const amountIn = (words: Words, value: number | null, currency: string | null): string =>
  value === null || currency === null ? "" : words.money(value, currency);
