import { hash } from "node:crypto";
import type { UserData } from "../event-contract/meta-event.ts";
import type { Person } from "../shopify/types.ts";
import { normalizedPhone } from "./phone.ts";
import { normalizedBirthDate, normalizedGender } from "./demographics.ts";
import { usStateCode } from "./us-states.ts";

// Meta's rules, key by key: developers.facebook.com, Conversions API, customer information parameters (2026-01-09).
// Each function gives the text to be hashed, or null where the input is no such thing: a hash of nothing, or of a typing
// error, matches nobody. Composed (NFC) everywhere: the decomposed form of "é" has another hash.

const composedLower = (text: string): string => text.toLowerCase().normalize("NFC");

const PLAIN = /^[a-z0-9]+$/;

/** Letters and digits of any script, their marks, and nothing else. */
function lettersAndDigits(text: string): string | null {
  const lower = text.toLowerCase();
  // Most names, towns and codes. What has nothing to compose or take away needs neither of the two dear steps.
  if (PLAIN.test(lower)) return lower;
  return lower.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]/gu, "") || null;
}

export function normalizedEmail(text: string): string | null {
  const email = composedLower(text.trim());
  return /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/.test(email) ? email : null;
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
  if (country !== "US" || zip === null) return zip;
  return /^\d{5}/.test(zip) ? zip.slice(0, 5) : null;
}

/** ISO 3166-1 alpha-2, lower case. */
export function normalizedCountry(text: string): string | null {
  const country = text.trim().toLowerCase();
  if (!/^[a-z]{2}$/.test(country)) return null;
  return country === "uk" ? "gb" : country;
}

/** Lower case without white space, as Meta's pixel hashes the id that it is given. */
export const normalizedExternalId = (text: string): string | null => composedLower(text).replace(/\s/g, "") || null;

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
  const { country, gender = null, birthDate = null, toldAt } = person;
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
    country: one(country, normalizedCountry),
    external_id: one(person.customerId, normalizedExternalId),
  };
  const hashed: { [Key in HashedKey]?: readonly string[] } = {};
  for (const key of HASHED_KEYS) {
    const hashes = distinctHashes(values[key]);
    if (hashes.length > 0) hashed[key] = hashes;
  }
  return hashed;
}

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
