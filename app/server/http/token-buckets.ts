import { plainAddress } from "../../normalize/ip-address.ts";

export type TokenBuckets = {
  /**
   * Takes a token from the key's bucket. Returns 0, or the seconds until the next token, rounded up. `now`: epoch ms.
   */
  readonly take: (key: string, now: number) => number;
};

type Bucket = { tokens: number; at: number };

const MINUTE_MS = 60_000;

/**
 * One bucket per key. It holds a minute's tokens and refills evenly, so that a short burst passes and a flood is
 * limited to the rate. Keeps the `most` recently used buckets; a dropped bucket is full again.
 */
export function createTokenBuckets({ perMinute, most }: { perMinute: number; most: number }): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string, now: number): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
    // Reinserted, so that the map is ordered by last use.
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.size > most ? buckets.keys() : [];
    if (oldest !== undefined) buckets.delete(oldest);
    return bucket;
  };

  return {
    take: (key, now) => {
      const bucket = bucketOf(key, now);
      const passed = Math.max(0, now - bucket.at);
      bucket.tokens = Math.min(perMinute, bucket.tokens + (passed * perMinute) / MINUTE_MS);
      bucket.at = now;
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * MINUTE_MS) / perMinute / 1000);
      bucket.tokens -= 1;
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
