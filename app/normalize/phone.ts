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
 * E.164 without its plus sign. `country` is the buyer's, for numbers written without one: its code is put before the
 * number and its trunk prefix (the zero of 020 7946 0018) is taken away. What is no telephone number, or reads
 * otherwise when read again, is dropped.
 */
export const normalizedPhone = (text: string, country: string | null): string | null =>
  writtenInFull(text) ?? asDialled(text, country);

function asDialled(text: string, country: string | null): string | null {
  const local = country !== null && isSupportedCountry(country) ? country : undefined;
  // Without a country nothing says which digits dial abroad; nearly everywhere they are two zeros.
  const dialled = local === undefined ? text.trim().replace(/^00(?=[1-9])/, "+") : text;
  const number = possibleNumber(dialled, local);
  if (number === null) return null;
  // Of digits that are nobody's (+44 00 20…) the library takes a zero away at each reading: which one Meta has is a guess.
  return writtenInFull(number) ?? (possibleNumber(number) === number ? number.slice(1) : null);
}

function possibleNumber(text: string, country?: CountryCode): string | null {
  const phone = parsePhoneNumberFromString(text, country);
  return phone?.isPossible() ? phone.number : null;
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
    return numbers.lengths.has(national.length) && !numbers.altered.test(national) ? digits : null;
  }
  return null;
}

type Numbers = {
  /** Possible in every country of the calling code, so that it need not be known which one it is. */
  readonly lengths: ReadonlySet<number>;
  /** The beginnings at which the library takes a prefix away, or adds one, in any of these countries. */
  readonly altered: RegExp;
};

const NEVER = /(?!)/;

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
  const isPossible = (length: number): boolean => plans.every((plan) => plan.possibleLengths().includes(length));
  const prefixes = plans.flatMap((plan) => plan.nationalPrefixForParsing() ?? []);
  return {
    lengths: new Set(plans[0]?.possibleLengths().filter(isPossible)),
    altered: prefixes.length > 0 ? new RegExp(`^(?:${[...new Set(prefixes)].join("|")})`) : NEVER,
  };
}

function planOf(country: CountryCode): Plan {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // The library's own type leaves this method out (1.13.16); without it this line's callers throw at the first import.
  return metadata.numberingPlan as Plan;
}

type Plan = NumberingPlan & { nationalPrefixForParsing(): string | null | undefined };
