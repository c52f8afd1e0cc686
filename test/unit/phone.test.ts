import fc from "fast-check";
import examples from "libphonenumber-js/examples.mobile.json" with { type: "json" };
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import { expect, test } from "vitest";
import { normalizedPhone } from "../../app/normalize/phone.ts";

const CALLING_CODES = [...new Set(getCountries().map((country) => getCountryCallingCode(country))), "800", "999", "0"];

const anyNumberInFull = fc
  .tuple(
    fc.constantFrom(...CALLING_CODES),
    fc.array(
      fc.tuple(fc.constantFrom(..."00112345678901"), fc.constantFrom("", "", "", "", " ", "-", ".", "(", ")", " (")),
      {
        minLength: 2,
        maxLength: 18,
      },
    ),
  )
  .map(([code, digits]) => `+${code}${digits.flat().join("")}`);

const byTheLibrary = (text: string, country: string | null): string | null => {
  const local = country !== null && isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(text, local);
  if (!phone?.isValid() || /(\d)\1{7}$/.test(phone.number) || phone.number.startsWith("+8100")) return null;
  return parsePhoneNumberFromString(phone.number)?.number === phone.number ? phone.number.slice(1) : null;
};

test("a number with its calling code is parsed as the library parses it, whatever the buyer's country", () => {
  fc.assert(
    fc.property(anyNumberInFull, fc.constantFrom(null, "XX", ...getCountries()), (text, country) => {
      // The library no longer knows Mexico's old mobile numbers; they have their examples below.
      fc.pre(!/^\+52\D*1/.test(text));
      expect(normalizedPhone(text, country)).toBe(byTheLibrary(text, country));
    }),
    { numRuns: 20_000 },
  );
});

test("an accepted number stays the same when parsed again", () => {
  const text = fc.oneof(anyNumberInFull, fc.stringMatching(/^\+?[\d() -]{6,16}$/));
  fc.assert(
    fc.property(text, fc.constantFrom(null, ...getCountries()), (raw, country) => {
      const once = normalizedPhone(raw, country);
      // E.164 without the plus sign it is read by.
      if (once !== null) expect(normalizedPhone(`+${once}`, country)).toBe(once);
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ["+44 (0)20 7946 0018", "442079460018"],
  ["+1 1 650 555 1212", "16505551212"],
  ["+54 9 11 2345 6789", "5491123456789"],
  ["+800 1234 5678", "80012345678"],
  ["+44 123", null],
  ["+44 00 20 7946 0018", null],
  // Numbers of the right length that no plan assigns.
  ["+1 000 000 0000", null],
  ["+91 919876543210", null],
  // Mexico's mobile numbers until August 2019.
  ["+52 1 55 1234 5678", "525512345678"],
  ["+5215512345678", "525512345678"],
])("of %s nothing is kept but what dials it", (text, digits) => {
  expect(normalizedPhone(text, null)).toBe(digits);
});

test.each([
  ["0044 20 7946 0018", "US", "442079460018"],
  ["0049 30 901820", "US", "4930901820"],
  ["011 44 20 7946 0018", "US", "442079460018"],
  ["0000000000", "US", null],
  ["9999999999", "IN", null],
  ["0919876543210", "IN", null],
  ["09876543210", "IN", "919876543210"],
])("%s of a buyer in %s is read as %s", (text, country, digits) => {
  expect(normalizedPhone(text, country)).toBe(digits);
});

const anExample = fc
  .constantFrom(...getCountries())
  .map((country) => getExampleNumber(country, examples)?.number ?? "");

test("a nearly valid number is parsed as the library parses it", () => {
  fc.assert(
    fc.property(anExample, fc.nat(20), fc.constantFrom(..."0123456789"), (number, at, digit) => {
      const place = 2 + (at % (number.length - 2));
      const changed = number.slice(0, place) + digit + number.slice(place + 1);
      expect(normalizedPhone(changed, null)).toBe(byTheLibrary(changed, null));
    }),
    { numRuns: 20_000 },
  );
});

test.each(getCountries())(
  "a mobile number of %s is the same however it is written, and stays so when read again",
  (country) => {
    const number = getExampleNumber(country, examples);
    const digits = number?.number.slice(1) ?? "";
    expect(digits).toMatch(/^\d{7,15}$/);
    const written = [`+${digits}`, number?.formatInternational(), number?.formatNational(), number?.format("RFC3966")];
    expect(written.map((text) => normalizedPhone(text ?? "", country))).toEqual(written.map(() => digits));
    expect(normalizedPhone(`+${digits}`, null)).toBe(digits);
    expect(normalizedPhone(`00${digits}`, null)).toBe(digits);
  },
);
