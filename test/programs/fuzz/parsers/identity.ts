import fc from "fast-check";
import {
  type CurrencyCode,
  currencyCode,
  decimalsOf,
  moneyFromNumber,
  parseMoney,
  toNumber,
  unitPrice,
} from "../../../../app/event-contract/money.ts";
import { normalizedBirthDate, normalizedGender } from "../../../../app/normalize/demographics.ts";
import {
  hashedIdentity,
  normalizedCity,
  normalizedCountry,
  normalizedEmail,
  normalizedExternalId,
  normalizedName,
  normalizedState,
  normalizedZip,
} from "../../../../app/normalize/identity.ts";
import { normalizedPhone } from "../../../../app/normalize/phone.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectStorable, expectThat } from "../invariants.ts";
import { fuzzed } from "../of-inputs.ts";

type Normalize = (text: string) => string | null;

/** Meta hashes what it is given once more where that is in clear, so both must come to the same. */
function expectStable(normalize: Normalize, text: string): void {
  const once = normalize(text);
  if (once === null) return;
  expectThat(once !== "", "nothing is null, never an empty text");
  expectSame(normalize(once), once, "normalizing twice is normalizing once");
}

const country = fc.oneof(fc.constantFrom("US", "DE", "GB", "JP", "MX", "BR", "IT", "BM", "XK", null), hostileText);

const PHONES = ["+1 650-555-1212", "0049 30 123456", "020 7946 0018", "(030) 12 34 56", "+52 1 55 1234 5678"] as const;
export const phones = fuzzed("phone", fc.tuple(textLike(...PHONES), country), ([text, place]) => {
  const digits = normalizedPhone(text, place);
  if (digits === null) return;
  expectThat(/^[1-9]\d{4,16}$/.test(digits), "a phone number is digits with its calling code");
  expectSame(normalizedPhone(`+${digits}`, null), digits, "a number in full is read as the same");
});

export const emails = fuzzed(
  "e-mail",
  textLike("Ada@Example.com", "ada.b+c@mail.example.co.uk", "иван@почта.рф"),
  (text) => {
    expectStable(normalizedEmail, text);
    expectThat(!/\s/.test(normalizedEmail(text) ?? ""), "an address has no white space");
  },
);

export const names = fuzzed(
  "names and places",
  textLike("Ada-María O'Example", "São Paulo", "北京", "Łódź", "नेहा"),
  (text) => {
    for (const normalize of [normalizedName, normalizedCity, normalizedExternalId]) expectStable(normalize, text);
  },
);

const PLACES = [
  "California",
  "CA",
  "94025-1234",
  "SW1A 1AA",
  "10115",
  "United States",
  "Côte d'Ivoire",
  "HM CX",
] as const;
export const places = fuzzed("states, codes and countries", fc.tuple(textLike(...PLACES), country), ([text, place]) => {
  expectStable((given) => normalizedState(given, place), text);
  expectStable((given) => normalizedZip(given, place), text);
  expectStable(normalizedCountry, text);
});

const TODAY = new Date("2026-11-23T12:00:00Z");
export const demographics = fuzzed("gender and birthday", textLike("2/16/1997", "1997-02-16", "Female"), (text) => {
  expectStable(normalizedGender, text);
  expectStable((given) => normalizedBirthDate(given, TODAY), text);
});

const maybe = fc.oneof(textLike("Ada", "Menlo Park", "94025", "US", "+1 650-555-1212"), fc.constant(null));
const person = fc.record({
  emails: fc.array(textLike("ada@example.com"), { maxLength: 3 }),
  phones: fc.array(textLike("+1 650-555-1212"), { maxLength: 3 }),
  firstName: maybe,
  lastName: maybe,
  city: maybe,
  province: maybe,
  zip: maybe,
  country: maybe,
  customerId: maybe,
});
export const people = fuzzed("hashes of a person", person, (who) => {
  const hashed = hashedIdentity(who);
  expectStorable(hashed, "the hashes");
  for (const hash of Object.values(hashed).flat()) {
    expectThat(/^[0-9a-f]{64}$/.test(String(hash)), "nothing but hashes of texts is sent");
  }
});

const CURRENCIES = ["USD", "EUR", "JPY", "KWD", "CLP"].map(currencyCode).filter((code) => code !== null);
const currency: fc.Arbitrary<CurrencyCode> = fc.constantFrom(...CURRENCIES);
const amounts = fc.oneof(textLike("12.30", "1200.0", "-0.005", "9999999999999.99"), fc.double(), fc.maxSafeInteger());

export const money = fuzzed(
  "money",
  fc.tuple(amounts, currency, fc.integer({ min: 1, max: 10_000 })),
  ([amount, code, quantity]) => {
    const read = typeof amount === "string" ? parseMoney(amount, code) : moneyFromNumber(amount, code);
    if (read === null) return;
    expectThat(Number.isSafeInteger(read.minor), "money is whole minor units");
    const sent = toNumber(read);
    expectThat(Number.isFinite(sent) && Number.isFinite(unitPrice(read, quantity)), "what is sent is a number");
    // Shopify's text has at most thirteen digits before its point.
    if (Math.abs(sent) >= 1e13) return;
    expectSame(moneyFromNumber(sent, code)?.minor, read.minor + 0, "both legs read one amount");
    expectSame(
      parseMoney(sent.toFixed(decimalsOf(code)), code)?.minor,
      read.minor + 0,
      "text and number are one amount",
    );
  },
);
