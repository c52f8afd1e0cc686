import { plainAddress } from "../../normalize/ip-address.ts";

export type TokenBuckets = {
  /**
   * Takes tokens from the key's bucket. Returns 0, or the seconds until it has as many, rounded up, and takes none.
   * `now`: epoch ms.
   */
  readonly take: (key: string, now: number, tokens?: number) => number;
  /** The whole tokens in the key's bucket when it was last used. */
  readonly left: (key: string) => number;
};

type BucketOptions = {
  readonly perMinute: number;
  readonly most: number;
  /** What a full bucket holds; a minute's tokens unless given. */
  readonly capacity?: number;
};

type Bucket = { tokens: number; at: number };

const MINUTE_MS = 60_000;

/**
 * One bucket per key. It refills evenly, so that a short burst passes and a flood is limited to the rate. Keeps the
 * `most` recently used buckets; a dropped bucket is full again.
 */
export function createTokenBuckets({ perMinute, most, capacity = perMinute }: BucketOptions): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string, now: number): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
    // Reinserted, so that the map is ordered by last use.
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.size > most ? buckets.keys() : [];
    if (oldest !== undefined) buckets.delete(oldest);
    return bucket;
  };

  return {
    left: (key) => Math.floor(buckets.get(key)?.tokens ?? capacity),
    take: (key, now, tokens = 1) => {
      const bucket = bucketOf(key, now);
      const passed = Math.max(0, now - bucket.at);
      bucket.tokens = Math.min(capacity, bucket.tokens + (passed * perMinute) / MINUTE_MS);
      bucket.at = now;
      const wanted = Math.min(tokens, capacity);
      if (bucket.tokens < wanted) return Math.ceil(((wanted - bucket.tokens) * MINUTE_MS) / perMinute / 1000);
      bucket.tokens -= wanted;
      return 0;
    },
  };
}

/** The visitor that an address counts for: an IPv6 visitor has a whole /64 network. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(":")) return plain;
  const [front = [], back = []] = plain.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
