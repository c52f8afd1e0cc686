import type { Poster, StoringLimits } from "../../pipeline/accept-browser-event.ts";
import { createTokenBuckets, networkOf } from "./token-buckets.ts";

type Options = {
  /** Posts per minute that one address may send. */
  readonly perAddress: number;
  readonly kbPerAddress: number;
  readonly kbPerShop: number;
  readonly now: () => Date;
};

const MOST_BUCKETS = 50_000;
const KB = 1_000;

// Of ten reports that a visit sends, fewer than one is a receipt. Visitors of one mobile operator share an address, so
// a minute's tenth may come at once: 60 orders of one shop by default, and then six a minute.
const SHARE_OF_RECEIPTS = 10;
const MINUTES = 10;

/** Limits of what the collector stores for an address (an IPv6 visitor's is a whole /64 network) and for a shop. */
export function storingLimits({ perAddress, kbPerAddress, kbPerShop, now }: Options): StoringLimits {
  const addresses = createTokenBuckets({ perMinute: kbPerAddress * KB, most: MOST_BUCKETS });
  const shops = createTokenBuckets({ perMinute: kbPerShop * KB, most: MOST_BUCKETS });
  const capacity = Math.max(1, perAddress / SHARE_OF_RECEIPTS);
  const guesses = createTokenBuckets({ perMinute: capacity / MINUTES, capacity, most: MOST_BUCKETS });
  const named = new Set<string>();

  return {
    store: ({ ip, shop }, bytes) => {
      const at = now().getTime();
      return addresses.take(networkOf(ip ?? ""), at, bytes) || shops.take(shop, at, bytes);
    },
    name: (poster, order) => {
      const source = sourceOf(poster);
      const key = `${source} ${order}`;
      // The web pixel posts a receipt again where the answer did not come.
      if (named.has(key)) return 0;
      const wait_s = guesses.take(source, now().getTime());
      if (wait_s === 0) remember(named, key);
      return wait_s;
    },
  };
}

const sourceOf = ({ ip, shop }: Poster): string => `${networkOf(ip ?? "")} ${shop}`;

function remember(named: Set<string>, key: string): void {
  named.add(key);
  const [oldest] = named.size > MOST_BUCKETS ? named : [];
  if (oldest !== undefined) named.delete(oldest);
}
