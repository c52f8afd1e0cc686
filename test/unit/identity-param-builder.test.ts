import { ParamBuilder, PII_DATA_TYPE, type PiiDataType } from "capi-param-builder-nodejs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizedBirthDate, normalizedGender } from "../../app/normalize/demographics.ts";
import {
  normalizedCity,
  normalizedCountry,
  normalizedEmail,
  normalizedExternalId,
  normalizedName,
  normalizedState,
  normalizedZip,
  sha256,
} from "../../app/normalize/identity.ts";
import { normalizedPhone } from "../../app/normalize/phone.ts";

// Meta's own library, of which docs/normalization.md lists where Tandem differs and why. Tests only: it is not sent along.
const library = new ParamBuilder(["example.com"]);

/** The library's digest without the eight characters that it adds to count its own use. */
const theirs = (text: string, type: PiiDataType): string | null =>
  library.getNormalizedAndHashedPII(text, type)?.slice(0, 64) ?? null;
const ours = (normal: string | null): string | null => (normal === null ? null : sha256(normal));

const RUNS = { numRuns: 2000 };
const latin = (more: string) =>
  fc.string({ unit: fc.constantFrom(...`abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ${more}`), minLength: 1 });
const NAME_SIGNS = ` '-.,_()"!&/`;

describe("where documentation and Meta's library agree, so do we, digest by digest", () => {
  test("names: letters of any script, ASCII punctuation and spaces", () => {
    const letter = fc.constantFrom(..."éüßñøłşğçœ정이東京ЖюΩא");
    const name = fc
      .array(fc.oneof(latin(NAME_SIGNS), letter), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(name, (text) => {
        expect(ours(normalizedName(text))).toBe(theirs(text, PII_DATA_TYPE.FIRST_NAME));
        expect(ours(normalizedName(text))).toBe(theirs(text, PII_DATA_TYPE.LAST_NAME));
      }),
      RUNS,
    );
  });

  test("email addresses in ASCII", () => {
    const cased = fc
      .tuple(fc.emailAddress(), fc.boolean())
      .map(([text, up]) => (up ? ` ${text.toUpperCase()} ` : text));
    fc.assert(
      fc.property(cased, (text) => {
        const their = theirs(text, PII_DATA_TYPE.EMAIL);
        // The library refuses some addresses that the standard allows; what both take, they hash alike.
        if (their !== null) expect(ours(normalizedEmail(text))).toBe(their);
      }),
      RUNS,
    );
  });

  test("cities in Latin letters without accents, which begin with a letter", () => {
    fc.assert(
      fc.property(
        latin("").chain((first) => latin(` .-'0123456789`).map((rest) => first + rest)),
        (text) => {
          expect(ours(normalizedCity(text))).toBe(theirs(text, PII_DATA_TYPE.CITY));
        },
      ),
      RUNS,
    );
  });

  test("the fifty states, by name and by code", () => {
    const states = "California:ca,New York:ny,Texas:tx,west virginia:wv,Kansas:ks,HI:hi,ar:ar,North Dakota:nd".split(
      ",",
    );
    for (const [name = "", code = ""] of states.map((state) => state.split(":"))) {
      expect(normalizedState(name, "US")).toBe(code);
      expect(ours(normalizedState(name, "US"))).toBe(theirs(name, PII_DATA_TYPE.STATE));
    }
  });

  test("ZIP codes, countries, ids, birthdays and genders in their usual form", () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
    // Five zeros are a placeholder: see the differences below.
    const zipCode = digits(5).filter((zip) => zip !== "00000");
    const day = fc.date({ min: new Date("1901-01-01"), max: new Date("2026-01-01"), noInvalidDate: true });
    const today = new Date("2026-11-23");
    fc.assert(
      fc.property(zipCode, digits(4), digits(13), day, (zip, more, id, born) => {
        expect(ours(normalizedZip(`${zip}-${more}`, "US"))).toBe(theirs(`${zip}-${more}`, PII_DATA_TYPE.ZIP_CODE));
        expect(ours(normalizedExternalId(` A ${id}`))).toBe(theirs(` A ${id}`, PII_DATA_TYPE.EXTERNAL_ID));
        const iso = born.toISOString().slice(0, 10);
        const american = `${born.getUTCMonth() + 1}/${born.getUTCDate()}/${born.getUTCFullYear()}`;
        for (const text of [iso, american, iso.replaceAll("-", "")]) {
          expect(ours(normalizedBirthDate(text, today))).toBe(theirs(text, PII_DATA_TYPE.DATE_OF_BIRTH));
        }
      }),
      RUNS,
    );
    for (const country of ["US", "de", " Gb ", "JP"]) {
      expect(ours(normalizedCountry(country))).toBe(theirs(country, PII_DATA_TYPE.COUNTRY));
    }
    for (const gender of ["f", "Female", "woman", "M", "male", "man", "X"]) {
      expect(ours(normalizedGender(gender))).toBe(theirs(gender, PII_DATA_TYPE.GENDER));
    }
  });

  test("phone numbers with their calling code", () => {
    for (const number of ["+1 650-555-1212", "+49 30 901820", "+81 3 3222 5555", "+33 1 42 68 53 00"]) {
      expect(ours(normalizedPhone(number, null))).toBe(theirs(number, PII_DATA_TYPE.PHONE));
    }
  });
});

describe("the deliberate differences are these, and docs/normalization.md gives the reasons", () => {
  type Difference = [what: string, ours: string | null, type: PiiDataType, typed: string, theirs: string | null];
  test.each<Difference>([
    ["1 composed letters", normalizedName("Vale\u0301ry"), PII_DATA_TYPE.LAST_NAME, "Vale\u0301ry", "vale\u0301ry"],
    ["2 typographic signs", normalizedName("O’Brien"), PII_DATA_TYPE.LAST_NAME, "O’Brien", "o’brien"],
    ["3 letters of other scripts", normalizedCity("São Paulo"), PII_DATA_TYPE.CITY, "São Paulo", "sopaulo"],
    ["3 letters of other scripts", normalizedCity("東京"), PII_DATA_TYPE.CITY, "東京", null],
    ["4 a state elsewhere", normalizedState("New South Wales", "AU"), PII_DATA_TYPE.STATE, "New South Wales", "ne"],
    ["4 a state elsewhere", normalizedState("Québec", "CA"), PII_DATA_TYPE.STATE, "Québec", "qu"],
    ["4 no state at all", normalizedState("Nowhere", "US"), PII_DATA_TYPE.STATE, "Nowhere", "no"],
    ["5 nine digits in one", normalizedZip("940351234", "US"), PII_DATA_TYPE.ZIP_CODE, "940351234", "940351234"],
    ["5 a space", normalizedZip("M1 1AE", "GB"), PII_DATA_TYPE.ZIP_CODE, "M1 1AE", "m1 1ae"],
    ["5 five zeros", normalizedZip("00000-1234", "US"), PII_DATA_TYPE.ZIP_CODE, "00000-1234", "00000"],
    ["5 a dash elsewhere", normalizedZip("00-950", "PL"), PII_DATA_TYPE.ZIP_CODE, "00-950", "00"],
    ["6 country code", normalizedPhone("(650)555-1212", "US"), PII_DATA_TYPE.PHONE, "(650)555-1212", "6505551212"],
    [
      "6 trunk zero",
      normalizedPhone("+44 (0)20 7946 0018", null),
      PII_DATA_TYPE.PHONE,
      "+44 (0)20 7946 0018",
      "4402079460018",
    ],
    ["6 no number", normalizedPhone("1-800-FLOWERS", "US"), PII_DATA_TYPE.PHONE, "1-800-FLOWERS", "1800"],
    ["7 the other code", normalizedCountry("UK"), PII_DATA_TYPE.COUNTRY, "UK", "uk"],
    ["8 an address in other scripts", normalizedEmail("jane@münchen.de"), PII_DATA_TYPE.EMAIL, "jane@münchen.de", null],
    [
      "9 a day that is none",
      normalizedBirthDate("1997-02-30", new Date("2026-11-23")),
      PII_DATA_TYPE.DATE_OF_BIRTH,
      "1997-02-30",
      "19970230",
    ],
    ["10 a word for a person", normalizedGender("king"), PII_DATA_TYPE.GENDER, "king", "m"],
  ])("%s: %j", (_what, mine, type, typed, their) => {
    expect(theirs(typed, type)).toBe(ours(their));
    expect(mine).not.toBe(their);
  });

  test("11 text that looks like a digest is hashed like any other: orders contain no digests", () => {
    const digest = sha256("ada");
    expect(theirs(digest, PII_DATA_TYPE.EXTERNAL_ID)).toBe(digest);
    expect(ours(normalizedExternalId(digest))).toBe(sha256(digest));
  });
});
