import { hash } from "node:crypto";
import type { UserData } from "../event-contract/meta-event.ts";
import type { Person } from "../shopify/types.ts";
import { countryCodeOf } from "./countries.ts";
import { normalizedPhone } from "./phone.ts";
import { normalizedBirthDate, normalizedGender } from "./demographics.ts";
import { usStateCode } from "./us-states.ts";

// Meta's rules, key by key: developers.facebook.com, Conversions API, customer information parameters (2026-01-09).
// Each function gives the text to be hashed, or null where the input is no such thing: a hash of nothing, or of a typing
// error, matches nobody. Composed (NFC) everywhere: the decomposed form of "é" has another hash.

const composedLower = (text: string): string => text.toLowerCase().normalize("NFC");

const PLAIN = /^[a-z0-9]+$/;
// Zero-width spaces, byte order marks, variation selectors, directions: pasted along, seen by nobody.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
// A mark belongs to the letter before it: one that stands alone, or on a sign that is taken away, goes too.
const NEITHER_LETTER_NOR_DIGIT = /^\p{M}+|[^\p{L}\p{M}\p{N}]\p{M}*|\p{Me}/gu;
// What people write into a field that they must fill and do not want to. Words that are names somewhere (Na, Test) stay.
const PLACEHOLDER = /^(?:n\s?[/.\\]\s?a\.?|null|undefined|unknown|not (?:applicable|available|provided))$/i;

/** Letters and digits of any script, their marks, and nothing else. */
function lettersAndDigits(text: string): string | null {
  const lower = text.toLowerCase();
  // Most names, towns and codes. What has nothing to compose or take away needs neither of the two dear steps.
  const isPlain = PLAIN.test(lower);
  if (PLACEHOLDER.test(isPlain ? lower : lower.trim())) return null;
  if (isPlain) return lower;
  return lower.normalize("NFC").replace(INVISIBLE, "").replace(NEITHER_LETTER_NOR_DIGIT, "").normalize("NFC") || null;
}

// Quotes, brackets and lists around an address make another address of it. Labels of any script, none of them empty.
const LOCAL_PART = String.raw`[^\s@,;:<>()[\]"\\.]+(?:\.[^\s@,;:<>()[\]"\\.]+)*`;
const LABEL = String.raw`[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?`;
const TOP_LABEL = String.raw`(?:xn--[a-z0-9-]+|[\p{L}\p{M}]{2,})`;
const EMAIL = new RegExp(`^${LOCAL_PART}@(?:${LABEL}\\.)+${TOP_LABEL}$`, "u");
/** RFC 5321, section 4.5.3.1. */
const LONGEST_EMAIL = 254;

export function normalizedEmail(text: string): string | null {
  const email = composedLower(text.replace(INVISIBLE, "").trim());
  return email.length <= LONGEST_EMAIL && EMAIL.test(email) ? email : null;
}

/** First and last names. Spaces go as punctuation does, which is how Meta's own pixel hashes them (2.9.324). */
export const normalizedName = lettersAndDigits;
export const normalizedCity = lettersAndDigits;

export function normalizedState(text: string, country: string | null): string | null {
  const state = lettersAndDigits(text);
  return country === "US" && state !== null ? usStateCode(state) : state;
}

/** No spaces, no dashes; in the United States the first five digits. */
export function normalizedZip(text: string, country: string | null): string | null {
  const zip = lettersAndDigits(text);
  if (zip === null || !isPostalCode(zip, country)) return null;
  if (country !== "US") return zip;
  return /^\d{5}/.test(zip) ? zip.slice(0, 5) : null;
}

/** Every country's codes have a digit that is no zero, but for the post office boxes of Bermuda (HM CX). */
const isPostalCode = (zip: string, country: string | null): boolean => country === "BM" || /[^0\P{N}]/u.test(zip);

/** ISO 3166-1 alpha-2, lower case, of a code or an English name. */
export const normalizedCountry = (text: string): string | null =>
  PLACEHOLDER.test(text.trim()) ? null : countryCodeOf(text);

/** Lower case without white space, as Meta's pixel hashes the id that it is given. */
export const normalizedExternalId = (text: string): string | null =>
  composedLower(text).replace(INVISIBLE, "").replace(/\s/g, "") || null;

/** SHA-256, lower-case hex, of the UTF-8 text. */
export const sha256 = (text: string): string => hash("sha256", text, "hex");

const HASHED_KEYS = ["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"] as const;
type HashedKey = (typeof HASHED_KEYS)[number];

/** What a form or a customer record may say besides; an order says none of it. */
export type Demographics = {
  readonly gender: string | null;
  readonly birthDate: string | null;
  /** When it was told: nobody is born later. */
  readonly toldAt: Date;
};

/** The hashed part of `user_data`. Keys without a usable value are absent. */
export function hashedIdentity(person: Person & Partial<Demographics>): Pick<UserData, HashedKey> {
  const lowerCountry = person.country === null ? null : normalizedCountry(person.country);
  // Postal and telephone rules go by the code as ISO 3166-1 writes it.
  const country = upper(lowerCountry);
  const { gender = null, birthDate = null, toldAt } = person;
  const one = (text: string | null, normalize: (text: string) => string | null) =>
    text === null ? NOTHING : [normalize(text)];
  const values: Readonly<Record<HashedKey, readonly (string | null)[]>> = {
    em: person.emails.map(normalizedEmail),
    ph: person.phones.map((phone) => normalizedPhone(phone, country)),
    fn: one(person.firstName, normalizedName),
    ln: one(person.lastName, normalizedName),
    ge: one(gender, normalizedGender),
    db: one(birthDate, (text) => (toldAt === undefined ? null : normalizedBirthDate(text, toldAt))),
    ct: one(person.city, normalizedCity),
    st: one(person.province, (text) => normalizedState(text, country)),
    zp: one(person.zip, (text) => normalizedZip(text, country)),
    country: [lowerCountry],
    external_id: one(person.customerId, normalizedExternalId),
  };
  const hashed: { [Key in HashedKey]?: readonly string[] } = {};
  for (const key of HASHED_KEYS) {
    const hashes = distinctHashes(values[key]);
    if (hashes.length > 0) hashed[key] = hashes;
  }
  return hashed;
}

const upper = (text: string | null): string | null => text && text.toUpperCase();

const NOTHING: readonly null[] = [];

function distinctHashes(texts: readonly (string | null)[]): readonly string[] {
  const hashes: string[] = [];
  for (const text of texts) {
    const digest = text === null ? null : sha256(text);
    if (digest !== null && !hashes.includes(digest)) hashes.push(digest);
  }
  return hashes;
}

const TOO_COMMON: readonly ReadonlySet<string>[] = [
  new Set(["ct", "country", "st", "zp", "ge", "client_user_agent"]),
  new Set(["db", "client_user_agent"]),
  new Set(["fn", "ge"]),
  new Set(["ln", "ge"]),
];

/**
 * Whether Meta takes the event's `user_data` at all. It refuses (100/2804050), with the whole request, one that has only
 * keys which many people share: places, user agent, birthday, or one name (Conversions API, best practices, 2026-09).
 */
export function isMatchable(userData: UserData): boolean {
  const keys = Object.keys(userData);
  return keys.length > 0 && !TOO_COMMON.some((common) => keys.every((key) => common.has(key)));
}
