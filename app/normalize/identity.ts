import { hash } from "node:crypto";
import type { UserData } from "../event-contract/meta-event.ts";
import type { Person } from "../shopify/types.ts";
import { countryCodeOf } from "./countries.ts";
import { normalizedPhone } from "./phone.ts";
import { normalizedBirthDate, normalizedGender } from "./demographics.ts";
import { usStateCode } from "./us-states.ts";

// Meta's rules, key by key: developers.facebook.com, Conversions API, customer information parameters (2026-01-09).
// Each function returns the text to hash, or null for invalid input: the hash of an empty or mistyped value matches
// nobody. Everything is composed (NFC), because the decomposed form of "é" hashes differently.

const composedLower = (text: string): string => text.toLowerCase().normalize("NFC");

const PLAIN = /^[a-z0-9]+$/;
// Zero-width spaces, byte order marks, variation selectors, direction marks: invisible, and often pasted along.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
// A mark belongs to the letter before it. A mark that stands alone, or follows a removed sign, is removed too.
const NEITHER_LETTER_NOR_DIGIT = /^\p{M}+|[^\p{L}\p{M}\p{N}]\p{M}*|\p{Me}/gu;
// Placeholders that people type into required fields. Words that are also names somewhere (Na, Test) are kept.
const PLACEHOLDER = /^(?:n\s?[/.\\]\s?a\.?|null|undefined|unknown|not (?:applicable|available|provided))$/i;
// Placeholders in brackets or with a full stop, after the signs are removed. N/A is then the name Na.
const BARE_PLACEHOLDER = /^(?:null|undefined|unknown|not(?:applicable|available|provided))$/;

/** Letters, digits and marks of any script, and nothing else. */
function lettersAndDigits(text: string): string | null {
  const lower = text.toLowerCase();
  // Most names, cities and codes are plain ASCII and skip the two expensive steps.
  const isPlain = PLAIN.test(lower);
  if (PLACEHOLDER.test(isPlain ? lower : lower.trim())) return null;
  if (isPlain) return lower;
  const bare = lower.normalize("NFC").replace(INVISIBLE, "").replace(NEITHER_LETTER_NOR_DIGIT, "").normalize("NFC");
  return BARE_PLACEHOLDER.test(bare) ? null : bare || null;
}

// Rejects quotes, brackets and lists, which would change the hash. Allows labels of any script, but no empty ones.
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

/** First and last names. Spaces are removed like punctuation, as Meta's own pixel does before hashing (2.9.324). */
export const normalizedName = lettersAndDigits;
export const normalizedCity = lettersAndDigits;

export function normalizedState(text: string, country: string | null): string | null {
  const state = lettersAndDigits(text);
  return country === "US" && state !== null ? usStateCode(state) : state;
}

/** No spaces or dashes; for the United States, the first five digits. */
export function normalizedZip(text: string, country: string | null): string | null {
  const written = lettersAndDigits(text);
  const zip = country === "US" ? (/^\d{5}/.exec(written ?? "")?.[0] ?? null) : written;
  return zip !== null && isPostalCode(zip, country) ? zip : null;
}

/** Every country's postal codes contain a nonzero digit, except the PO boxes of Bermuda (HM CX). */
const isPostalCode = (zip: string, country: string | null): boolean => country === "BM" || /[^0\P{N}]/u.test(zip);

/** ISO 3166-1 alpha-2 in lower case, from a code or an English name. */
export const normalizedCountry = (text: string): string | null =>
  PLACEHOLDER.test(text.trim()) ? null : countryCodeOf(text);

/** Lower case without white space, as Meta's pixel normalizes an ID before hashing. */
export const normalizedExternalId = (text: string): string | null =>
  composedLower(text).replace(INVISIBLE, "").replace(/\s/g, "") || null;

/** SHA-256 of the UTF-8 text, as lower-case hex. */
export const sha256 = (text: string): string => hash("sha256", text, "hex");

const HASHED_KEYS = ["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"] as const;
type HashedKey = (typeof HASHED_KEYS)[number];

/** Extra fields of a form or a customer record; orders have none of them. */
export type Demographics = {
  readonly gender: string | null;
  readonly birthDate: string | null;
  /** When the person entered it: a later birth date is invalid. */
  readonly enteredAt: Date;
};

/** The hashed keys of `user_data`. A key without a usable value is absent. */
export function hashedIdentity(person: Person & Partial<Demographics>): Pick<UserData, HashedKey> {
  const lowerCountry = person.country === null ? null : normalizedCountry(person.country);
  // Postal and phone rules use the upper-case ISO 3166-1 code.
  const country = upper(lowerCountry);
  const { gender = null, birthDate = null, enteredAt } = person;
  const one = (text: string | null, normalize: (text: string) => string | null) =>
    text === null ? NOTHING : [normalize(text)];
  const values: Readonly<Record<HashedKey, readonly (string | null)[]>> = {
    em: person.emails.map(normalizedEmail),
    ph: person.phones.map((phone) => normalizedPhone(phone, country)),
    fn: one(person.firstName, normalizedName),
    ln: one(person.lastName, normalizedName),
    ge: one(gender, normalizedGender),
    db: one(birthDate, (text) => (enteredAt === undefined ? null : normalizedBirthDate(text, enteredAt))),
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
 * Whether Meta accepts the event's `user_data`. Meta refuses the whole request (100/2804050) if an event has only keys
 * that many people share: places, user agent, birth date, or one name (Conversions API, best practices, 2026-09).
 */
export function isMatchable(userData: UserData): boolean {
  const keys = Object.keys(userData);
  return keys.length > 0 && !TOO_COMMON.some((common) => keys.every((key) => common.has(key)));
}
