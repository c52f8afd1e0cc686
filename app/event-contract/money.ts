// Four digits more than the currency has: for quantities up to 10,000, the rounded price times the quantity stays
// within one minor unit of the line total, so both legs and a reader can check it.
const UNIT_PRICE_EXTRA_DECIMALS = 4;

declare const currencyBrand: unique symbol;

/** ISO 4217, upper case. */
export type CurrencyCode = string & { readonly [currencyBrand]: "CurrencyCode" };

/** An exact amount in integer minor units (cents, yen, fils), with its currency. */
export type Money = { readonly minor: number; readonly currency: CurrencyCode };

// Currencies whose ISO 4217 minor unit is not 2. Shopify uses these decimals in all its amounts.
const NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND";

export const currencyCode = (value: unknown): CurrencyCode | null =>
  typeof value === "string" && /^[A-Za-z]{3}$/.test(value) ? (value.toUpperCase() as CurrencyCode) : null;

/** The number of decimals in the currency: 0, 2 or 3. */
export function decimalsOf(currency: CurrencyCode): 0 | 2 | 3 {
  // A code has three letters, so it cannot match across the space between two codes.
  if (NO_DECIMALS.includes(currency)) return 0;
  return THREE_DECIMALS.includes(currency) ? 3 : 2;
}

const AMOUNT = /^(-?)(\d{1,13})(?:\.(\d*))?$/;

/**
 * Reads Shopify's decimal text (`"12.30"`). Digits beyond the currency's decimals are rounded half up, because Shopify
 * writes `"1200.0"` for yen and may give allocations finer than a cent. Null for anything that is not an amount.
 */
export function parseMoney(amount: string, currency: CurrencyCode): Money | null {
  const match = AMOUNT.exec(amount);
  if (!match) return null;
  const decimals = decimalsOf(currency);
  const fraction = (match[3] ?? "").padEnd(decimals + 1, "0");
  const minor =
    Number(`${match[2] as string}${fraction.slice(0, decimals)}`) + (Number(fraction[decimals]) >= 5 ? 1 : 0);
  return Number.isSafeInteger(minor) ? { minor: match[1] && minor ? -minor : minor, currency } : null;
}

/**
 * Reads the web pixel's amounts, which are JSON numbers (`12.3`), with the same result as the webhook's text `"12.30"`.
 * A separate function, so that the web pixel's bundle has no text parser.
 */
export function moneyFromNumber(amount: unknown, currency: CurrencyCode): Money | null {
  if (typeof amount !== "number") return null;
  // Rounding to six more digits removes binary noise such as in 1.005 * 100; no real amount is that fine.
  const minor = Math.round(Number((amount * 10 ** decimalsOf(currency)).toFixed(6)));
  return Number.isSafeInteger(minor) ? { minor, currency } : null;
}

export const zero = (currency: CurrencyCode): Money => ({ minor: 0, currency });

/** Throws if the currencies differ, which is a bug in the caller. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error("currencies differ");
  return { minor: a.minor + b.minor, currency: a.currency };
}

export const negate = (a: Money): Money => ({ minor: 0 - a.minor, currency: a.currency });
export const subtract = (a: Money, b: Money): Money => add(a, negate(b));
export const times = (a: Money, quantity: number): Money => ({ minor: a.minor * quantity, currency: a.currency });
export const sum = (amounts: readonly Money[], currency: CurrencyCode): Money => amounts.reduce(add, zero(currency));

/** The only place where money becomes a float, for JSON. `{minor: 1230, EUR}` gives `12.3`. */
export const toNumber = (money: Money): number => Number((money.minor / 10 ** decimalsOf(money.currency)).toFixed(3));

/** A line's price per unit, as the JSON number that both legs send. */
export const unitPrice = (line: Money, quantity: number): number =>
  Number(
    (line.minor / 10 ** decimalsOf(line.currency) / quantity).toFixed(
      decimalsOf(line.currency) + UNIT_PRICE_EXTRA_DECIMALS,
    ),
  );
