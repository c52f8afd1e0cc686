import { z } from "zod";

import type { SealingKey } from "../database/sealing.server.ts";

/** Creates a key; shown when one is missing or refused. */
const MAKE_KEY = `node -e "console.log('k1:' + require('node:crypto').randomBytes(32).toString('base64'))"`;

const MISSING = `TANDEM_ENCRYPTION_KEYS is missing: create a key with ${MAKE_KEY}, and keep it: tokens cannot be read without it.`;

/** TANDEM_ENCRYPTION_KEYS: `id:base64` of 32 bytes, separated by commas. The first key seals, every key opens. */
export const EncryptionKeys = z
  .string({ error: MISSING })
  .trim()
  .min(1, { error: MISSING })
  .transform((text, context) => {
    const keys = text.split(",").map((entry) => sealingKey(entry.trim()));
    const good = keys.filter((key) => key !== null);
    const problem = good.length === keys.length && areDifferent(good.map(({ id }) => id)) ? weaknessOf(good) : NOT_READ;
    if (problem === null) return good;
    context.addIssue(problem);
    return z.NEVER;
  });

const NOT_READ =
  "TANDEM_ENCRYPTION_KEYS must be id:base64 with 32 bytes each and a different id each, separated by commas: create " +
  `a key with ${MAKE_KEY}.`;

function sealingKey(entry: string): SealingKey | null {
  const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/.exec(entry) ?? [];
  if (id === undefined || encoded === undefined) return null;
  // Node's "base64" reads both alphabets.
  const key = Buffer.from(encoded, "base64");
  return key.length === 32 ? { id, key } : null;
}

const areDifferent = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

function weaknessOf(keys: readonly SealingKey[]): string | null {
  if (!areDifferent(keys.map(({ key }) => key.toString("hex")))) {
    return (
      "TANDEM_ENCRYPTION_KEYS lists the same key under two ids: changing to it would change nothing. Create another " +
      `one with ${MAKE_KEY}.`
    );
  }
  const weak = keys.find(({ key }) => isWeak(key));
  if (weak === undefined) return null;
  return (
    `TANDEM_ENCRYPTION_KEYS has a key that can be guessed ("${weak.id}"): its bytes are repeated, counted up, or typed ` +
    `text. Create a key with ${MAKE_KEY} and put it in front; where something is already sealed with the old one, see ` +
    "docs/self-hosting.md, Keys."
  );
}

// 32 random bytes have about 30 different values. Fewer than 18 occur once in 10^12 keys, and printable text only once
// in 10^13.
const FEWEST_VALUES = 18;

function isWeak(key: Buffer): boolean {
  const bytes = [...key];
  const steps = new Set(bytes.slice(1).map((byte, at) => (byte - (bytes[at] ?? 0) + 256) % 256));
  const isText = bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
  const isTwice = key.subarray(0, 16).equals(key.subarray(16));
  return new Set(bytes).size < FEWEST_VALUES || steps.size < 4 || isText || isTwice;
}
