import { createHmac, createSecretKey, type KeyObject, timingSafeEqual, webcrypto } from "node:crypto";

// Made by `importKey` below; WebCrypto's own keys never are one of these.
class HmacSecret {
  readonly bytes: Uint8Array;
  readonly key: KeyObject;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.key = createSecretKey(bytes);
  }
}

type ImportKey = typeof webcrypto.subtle.importKey;
type Sign = typeof webcrypto.subtle.sign;

const isHmacSha256 = (algorithm: unknown): boolean =>
  JSON.stringify(algorithm) === '{"name":"HMAC","hash":{"name":"SHA-256"}}';

/**
 * Lends Shopify's library Node's own HMAC. The library takes its primitives from `crypto.webcrypto` where that is there,
 * and from the global `crypto` otherwise; WebCrypto's way through the thread pool, with a key imported for each call,
 * costs many times what the hash itself does (docs/performance.md). Every other algorithm, and whoever asks
 * the global `crypto`, gets what they got before. The verdict stays the library's: its encoding, its comparison.
 */
export function lendNativeHmac(): void {
  // Already lent, or a runtime that brings its own.
  if ("webcrypto" in globalThis.crypto) return;
  const real = webcrypto.subtle;
  // The library imports its one secret for every call, and making a key costs more than using it.
  let last: HmacSecret | null = null;
  const secretOf = (bytes: Uint8Array): HmacSecret =>
    last?.bytes.length === bytes.length && timingSafeEqual(last.bytes, bytes)
      ? last
      : (last = new HmacSecret(bytes.slice()));
  const importKey = (async (...call: Parameters<ImportKey>) => {
    const [format, bytes, algorithm] = call;
    const ours = format === "raw" && bytes instanceof Uint8Array && isHmacSha256(algorithm);
    return ours ? secretOf(bytes) : real.importKey(...call);
  }) as ImportKey; // whoever holds an HmacSecret can only hand it to `sign` here
  const sign = (async (...call: Parameters<Sign>) => {
    const [, key, bytes] = call;
    if (!(key instanceof HmacSecret)) return real.sign(...call);
    return createHmac("sha256", key.key).update(viewOf(bytes)).digest();
  }) as Sign; // a Buffer is read as the bytes that it is, by `new Uint8Array(signature)`
  const lent = new Map<string | symbol, unknown>([
    ["importKey", importKey],
    ["sign", sign],
  ]);
  const subtle = new Proxy(real, { get: (target, name) => lent.get(name) ?? bound(target, name) });
  Object.defineProperty(globalThis.crypto, "webcrypto", { value: { subtle }, configurable: true });
}

const viewOf = (bytes: Parameters<Sign>[2]): Uint8Array =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === "function" ? value.bind(target) : value;
}
