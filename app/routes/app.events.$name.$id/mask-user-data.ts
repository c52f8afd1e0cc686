import type { UserData } from "../../event-contract/meta-event.ts";

/** One `user_data` key that was sent, masked so that it does not identify the person. */
export type SentKey = {
  readonly key: keyof UserData;
  /** The beginnings of its hashes; null for a value that Meta requires in clear, which is not shown. */
  readonly hashes: readonly string[] | null;
};

const HASH_CHARACTERS_SHOWN = 6;

/**
 * The keys that were sent to Meta, masked for the screen. Hashes are cut to six characters: enough to compare two
 * events by eye, too few to look anyone up. For IP address and user agent it says only that they were sent.
 */
export function sentKeys(userData: UserData): readonly SentKey[] {
  // Object.entries forgets the key type; UserData is built by our own normalizer and has no other keys.
  const entries = Object.entries(userData) as [keyof UserData, UserData[keyof UserData]][];
  return entries
    .filter(([, value]) => value !== undefined && value.length > 0)
    .map(([key, value]) => ({ key, hashes: shortened(value) }));
}

const shortened = (value: UserData[keyof UserData]): readonly string[] | null =>
  typeof value === "object" ? value.map((hash) => `${hash.slice(0, HASH_CHARACTERS_SHOWN)}…`) : null;
