import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  type NumberingPlan,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";

/**
 * E.164 without its plus sign. `country` is the buyer's (ISO 3166-1, upper case), for numbers written without one: its
 * code is put before the number and its trunk prefix (the zero of 020 7946 0018) is taken away. A number that no
 * numbering plan assigns, that is one digit repeated, or that reads otherwise when read again, is dropped.
 */
export function normalizedPhone(text: string, country: string | null): string | null {
  const digits = writtenInFull(text) ?? asDialed(text, country);
  return digits !== null && !PLACEHOLDER.test(digits) ? digits : null;
}

// 000 000 0000 and 999 999 9999 fill a required field. Some plans assign the latter.
const PLACEHOLDER = /(\d)\1{7}$/;

function asDialed(text: string, country: string | null): string | null {
  const local = country !== null && isSupportedCountry(country) ? country : undefined;
  const number = validNumber(text, local) ?? validNumber(inFull(text), undefined);
  if (number === null) return null;
  // Of digits that are nobody's (+44 00 20…) the library takes a zero away at each reading: which one Meta has is a guess.
  return writtenInFull(number) ?? (validNumber(number, undefined) === number ? number.slice(1) : null);
}

/**
 * The number with its plus sign, where it is written as it is dialed from abroad. Two zeros dial abroad nearly everywhere,
 * and people write them where their own country uses others. Mexico's mobile numbers lost the 1 after the calling code in
 * August 2019 (Instituto Federal de Telecomunicaciones), and address books still hold it.
 */
const inFull = (text: string): string =>
  text
    .trim()
    .replace(/^00(?=[1-9])/, "+")
    .replace(/^\+52[ -]?1[ -]?(?=(?:\D?\d){10}$)/, "+52");

function validNumber(text: string, country: CountryCode | undefined): string | null {
  const phone = parsePhoneNumberFromString(text, country);
  return phone?.isValid() ? phone.number : null;
}

const IN_FULL = /^\+[1-9][\d ().-]{5,30}$/;
const LONGEST_CALLING_CODE = 3;

/**
 * The digits of a number with its calling code and nothing to be taken away, as Shopify keeps a customer's; null where
 * only the library can say. The library needs 10 µs for it, a sixth of an order's whole mapping, and this a tenth of that.
 */
function writtenInFull(text: string): string | null {
  if (!IN_FULL.test(text)) return null;
  const digits = text.replace(/\D/g, "");
  for (let length = 1; length <= LONGEST_CALLING_CODE; length += 1) {
    const numbers = NUMBERS.get(digits.slice(0, length));
    if (numbers === undefined) continue;
    const national = digits.slice(length);
    return isAssigned(national, numbers.plans) && !numbers.altered.test(national) ? digits : null;
  }
  return null;
}

type AssignedNumbers = {
  /** The beginnings that are this country's alone; null where it has what is left over. */
  readonly leading: RegExp | null;
  readonly patterns: readonly RegExp[];
};

/** As the library finds the country of a number among those that share a calling code, and then asks it. */
function isAssigned(national: string, plans: readonly AssignedNumbers[]): boolean {
  for (const { leading, patterns } of plans) {
    const isTaken = patterns.every((pattern) => pattern.test(national));
    if (leading === null ? isTaken : leading.test(national)) return isTaken;
  }
  return false;
}

type Numbers = {
  /** Of the countries that share the calling code, the one that has most of it first. */
  readonly plans: readonly AssignedNumbers[];
  /** The beginnings at which the library takes a prefix away, or adds one, in any of these countries. */
  readonly altered: RegExp;
};

const NEVER = /(?!)/;

const NUMBER_TYPES = [
  "FIXED_LINE",
  "MOBILE",
  "PREMIUM_RATE",
  "TOLL_FREE",
  "SHARED_COST",
  "VOIP",
  "PERSONAL_NUMBER",
  "PAGER",
  "UAN",
  "VOICEMAIL",
] as const;

// Calling codes without a country (+800) are not here, and so are the library's.
const NUMBERS = numbersByCallingCode();

function numbersByCallingCode(): ReadonlyMap<string, Numbers> {
  const plans = new Map<string, Plan[]>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    plans.set(code, [...(plans.get(code) ?? []), planOf(country)]);
  }
  return new Map([...plans].map(([code, sharing]) => [code, numbersIn(sharing)]));
}

function numbersIn(plans: readonly Plan[]): Numbers {
  const prefixes = plans.flatMap((plan) => plan.nationalPrefixForParsing() ?? []);
  return {
    plans: plans.map(assignedNumbersOf),
    altered: prefixes.length > 0 ? new RegExp(`^(?:${[...new Set(prefixes)].join("|")})`) : NEVER,
  };
}

/** The library keeps patterns by type only where countries share a calling code. */
function assignedNumbersOf(plan: Plan): AssignedNumbers {
  const leading = plan.leadingDigits();
  const types = plan.hasTypes() ? NUMBER_TYPES.flatMap((type) => plan.type(type)?.pattern() || []) : [];
  const patterns = [plan.nationalNumberPattern(), ...(types.length > 0 ? [types.join("|")] : [])];
  return {
    leading: leading ? new RegExp(`^(?:${leading})`) : null,
    patterns: patterns.map((pattern) => new RegExp(`^(?:${pattern})$`)),
  };
}

function planOf(country: CountryCode): Plan {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // The library's own type leaves this method out (1.13.16); without it this line's callers throw at the first import.
  return metadata.numberingPlan as Plan;
}

type Plan = NumberingPlan & {
  nationalPrefixForParsing(): string | null | undefined;
  nationalNumberPattern(): string;
  leadingDigits(): string | null | undefined;
  hasTypes(): boolean;
  type(name: (typeof NUMBER_TYPES)[number]): { pattern(): string } | undefined;
};
