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
 * E.164 without the plus sign. `country` (the buyer's, ISO 3166-1, upper case) applies to numbers without a calling
 * code: its code is added and the trunk prefix (the zero of 020 7946 0018) removed. Returns null for a number that no
 * numbering plan assigns, that repeats one digit, or that parses differently when parsed again.
 */
export function normalizedPhone(text: string, country: string | null): string | null {
  const digits = writtenInFull(text) ?? asDialed(text, country);
  return digits !== null && !PLACEHOLDER.test(digits) ? digits : null;
}

// People fill required fields with 000 000 0000 and 999 999 9999. Some plans assign the latter.
const PLACEHOLDER = /(\d)\1{7}$/;

function asDialed(text: string, country: string | null): string | null {
  const local = country !== null && isSupportedCountry(country) ? country : undefined;
  const number = validNumber(text, local) ?? validNumber(inFull(text), undefined);
  if (number === null) return null;
  // For unassigned digits (+44 00 20…) the library removes a zero on each parse, so the form that Meta has is a guess.
  return writtenInFull(number) ?? (validNumber(number, undefined) === number ? number.slice(1) : null);
}

/**
 * The number with its plus sign, if it is written as dialed from abroad. 00 is the international prefix nearly
 * everywhere, and people also write it in countries that use another one. Mexico's mobile numbers lost the 1 after the
 * calling code in August 2019 (Instituto Federal de Telecomunicaciones), and address books still hold it.
 */
const inFull = (text: string): string =>
  text
    .trim()
    .replace(/^00(?=[1-9])/, "+")
    .replace(/^\+52[ -]?1[ -]?(?=(?:\D?\d){10}$)/, "+52");

// Japan's plan contains numbers that begin with 00 and have up to 17 digits. They reach services inside Japan only; what
// a buyer writes with 00 there is nearly always the international prefix.
const INSIDE_JAPAN = /^\+?8100/;

function validNumber(text: string, country: CountryCode | undefined): string | null {
  const phone = parsePhoneNumberFromString(text, country);
  return phone?.isValid() && !INSIDE_JAPAN.test(phone.number) ? phone.number : null;
}

const IN_FULL = /^\+[1-9][\d ().-]{5,30}$/;
const LONGEST_CALLING_CODE = 3;

/**
 * The digits of a number that has its calling code and no prefix to remove, as Shopify stores customers' numbers; null
 * if only the library can decide. The library takes 10 µs, a sixth of an order's whole mapping; this takes a tenth of
 * that.
 */
function writtenInFull(text: string): string | null {
  if (!IN_FULL.test(text)) return null;
  const digits = text.replace(/\D/g, "");
  for (let length = 1; length <= LONGEST_CALLING_CODE; length += 1) {
    const numbers = NUMBERS.get(digits.slice(0, length));
    if (numbers === undefined) continue;
    const national = digits.slice(length);
    if (INSIDE_JAPAN.test(digits)) return null;
    return isAssigned(national, numbers.plans) && !numbers.altered.test(national) ? digits : null;
  }
  return null;
}

type AssignedNumbers = {
  /** Leading digits that only this country uses; null for the country that has the rest. */
  readonly leading: RegExp | null;
  readonly patterns: readonly RegExp[];
};

/** Matches the library: it first finds the country among those that share a calling code, then validates the number. */
function isAssigned(national: string, plans: readonly AssignedNumbers[]): boolean {
  for (const { leading, patterns } of plans) {
    const isTaken = patterns.every((pattern) => pattern.test(national));
    if (leading === null ? isTaken : leading.test(national)) return isTaken;
  }
  return false;
}

type Numbers = {
  /** Countries that share the calling code, the main country first. */
  readonly plans: readonly AssignedNumbers[];
  /** Leading digits for which the library removes or adds a prefix in any of these countries. */
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

// Calling codes without a country (+800) are missing here; the library handles them.
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

/** The library has patterns by type only for countries that share a calling code. */
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
  // The library's own type lacks this property (1.13.16). If a release removes it, importing this module throws.
  return metadata.numberingPlan as Plan;
}

type Plan = NumberingPlan & {
  nationalPrefixForParsing(): string | null | undefined;
  nationalNumberPattern(): string;
  leadingDigits(): string | null | undefined;
  hasTypes(): boolean;
  type(name: (typeof NUMBER_TYPES)[number]): { pattern(): string } | undefined;
};
