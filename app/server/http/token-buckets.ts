import { plainAddress } from "../../normalize/ip-address.ts";

export type TokenBuckets = {
  /** Takes one token of the key's bucket: 0, or the seconds until there is one, rounded up. `now` is epoch milliseconds. */
  readonly take: (key: string, now: number) => number;
};

type Bucket = { tokens: number; at: number };

const MINUTE_MS = 60_000;

/**
 * A bucket for each key: it holds a minute's tokens and fills evenly, so that a short burst passes and a flood gets no
 * more than its rate. The buckets that were used last are remembered, `most` of them: one that is forgotten is full again.
 */
export function createTokenBuckets({ perMinute, most }: { perMinute: number; most: number }): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string, now: number): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
    // Taken out and put back, so that the map's order is that of the last use.
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

/** Whom an address counts for: a visitor with IPv6 has a whole network of 64 bits. */
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
