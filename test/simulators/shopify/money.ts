import type { Amount } from "./types.ts";

// ISO 4217, for the simulated markets.
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, KWD: 3, BHD: 3 };

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

/** Decimal text as the REST payloads carry it: "12.30", "1200" for yen. */
export function amountText(amount: Amount, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return `${amount < 0 ? "-" : ""}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ""}`;
}

/** JSON number as the web pixel sees it. */
export const amountNumber = (amount: Amount, currency: string): number => Number(amountText(amount, currency));

/**
 * The integer that Liquid and the Ajax API use: hundredths of the major unit in every currency, so 1200 yen are 120000
 * (shopify.dev, Liquid `product.price`).
 */
export const liquidAmount = (amount: Amount, currency: string): number =>
  Math.round(amount * 10 ** (2 - decimalsOf(currency)));

export const convert = (amount: Amount, from: string, to: string, rate: number): Amount =>
  from === to ? amount : Math.round((amount / 10 ** decimalsOf(from)) * rate * 10 ** decimalsOf(to));

/** Spreads an amount over weights so that the parts add up: whole units first, then the largest remainders. */
export function spread(amount: Amount, weights: readonly number[]): Amount[] {
  const all = weights.reduce((a, b) => a + b, 0);
  if (all === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amount * weight) / all);
  const parts = exact.map(Math.floor);
  const rest = amount - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const lucky = new Set(byRemainder.slice(0, rest).map(({ index }) => index));
  return parts.map((part, index) => part + (lucky.has(index) ? 1 : 0));
}

export const displayMoney = (amount: Amount, currency: string): string => `${amountText(amount, currency)} ${currency}`;
