import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** One AES-256 key. Every sealed value contains its key's ID in clear, so that several keys can be in use at once. */
export type SealingKey = { readonly id: string; readonly key: Buffer };

/**
 * Seals secrets for storage, as `sealed:v1:<key id>:<base64url of iv, ciphertext and tag>`.
 *
 * A value opens only for the purpose that it was sealed for: a token copied into another row does not open.
 */
export type Sealer = {
  /** The IDs of its keys; the first one seals. */
  readonly keyIds: readonly [string, ...string[]];
  readonly seal: (text: string) => string;
  /** Throws SealProblem if the value was changed, or was not sealed with one of these keys for this purpose. */
  readonly unseal: (sealed: string) => string;
  readonly isSealed: (text: string) => boolean;
  /** The same keys for a narrower purpose: `sealer.bound("destination-token", shop, metaPixelId)`. */
  readonly bound: (...purpose: readonly string[]) => Sealer;
};

/** A sealed value cannot be opened. The message never contains the value. */
export class SealProblem extends Error {
  override readonly name = "SealProblem";
}

const FORMAT = /^sealed:v1:([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]+)$/;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with the first key and opens with any, so that a new key goes in front and the old one stays behind it. */
export function createSealer(keys: readonly SealingKey[], purpose: readonly string[] = ["tandem"]): Sealer {
  const [current] = keys;
  if (current === undefined) throw new SealProblem("No sealing key: TANDEM_ENCRYPTION_KEYS needs at least one.");
  const byId = new Map(keys.map((key) => [key.id, key.key]));

  return {
    keyIds: [current.id, ...keys.slice(1).map(({ id }) => id)],
    seal: (text) => seal(text, current, purpose),
    unseal: (sealed) => unseal(sealed, byId, purpose),
    isSealed: (text) => FORMAT.test(text),
    bound: (...narrower) => createSealer(keys, [...purpose, ...narrower]),
  };
}

function seal(text: string, { id, key }: SealingKey, purpose: readonly string[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(associatedData(id, purpose));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `sealed:v1:${id}:${sealed.toString("base64url")}`;
}

function unseal(sealed: string, keys: ReadonlyMap<string, Buffer>, purpose: readonly string[]): string {
  const [, id, payload] = FORMAT.exec(sealed) ?? [];
  if (id === undefined || payload === undefined) throw new SealProblem("This value is not sealed.");
  const key = keys.get(id);
  if (key === undefined) {
    throw new SealProblem(
      `This value was sealed with the key "${id}", which TANDEM_ENCRYPTION_KEYS no longer lists. Add it again behind ` +
        "the current key, or store the secret anew.",
    );
  }
  const bytes = Buffer.from(payload, "base64url");
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new SealProblem("This sealed value is truncated.");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES))
      .setAAD(associatedData(id, purpose))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return text.toString("utf8");
  } catch {
    throw new SealProblem(
      `This value does not open with the key "${id}": it was changed, or sealed for another purpose.`,
    );
  }
}

// JSON separates the parts: ["a", "b:c"] and ["a:b", "c"] must not be the same purpose.
const associatedData = (keyId: string, purpose: readonly string[]): Buffer =>
  Buffer.from(JSON.stringify(["sealed:v1", keyId, ...purpose]));
