import type { EventId } from "../event-contract/event-id.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { SendFetch } from "./send-post.ts";

/** One event for one pixel, for Meta's `/tr` endpoint. `at` is epoch milliseconds. */
export type MetaHit = BrowserIds & {
  /** Meta's number of the pixel. */
  readonly to: string;
  /** The event name sent to Meta. */
  readonly name: string;
  readonly id: EventId;
  readonly at: number;
  readonly url: string | null;
  readonly referrer: string | null;
  /** True requests Limited Data Use; Meta then locates the visitor itself (country and state 0). */
  readonly limited: boolean;
  readonly data: CustomData;
  /** Additional parameters, under their own names. */
  readonly more?: Readonly<Record<string, string | undefined>>;
};

const ENDPOINT = "https://www.facebook.com/tr/";
// fbevents posts longer hits (seen in version 2.9.324); longer URLs get truncated on the way.
const LONGEST_ADDRESS = 2048;

/** The hit as percent-encoded `key=value` pairs, without unknown values. */
export function hitQuery(hit: MetaHit): string {
  const { limited } = hit;
  const pairs: [string, unknown][] = [
    ["id", hit.to],
    ["ev", hit.name],
    ["eid", hit.id],
    ["dl", hit.url],
    ["rl", hit.referrer],
    ["if", false],
    ["ts", hit.at],
    ...Object.entries(hit.data).map(([key, value]): [string, unknown] => [`cd[${key}]`, value]),
    ...Object.entries({ ...hit.more }),
    ["fbp", hit.fbp],
    ["fbc", hit.fbc],
    ...Object.entries(limited ? { dpo: "LDU", dpoco: 0, dpost: 0 } : {}),
  ];
  return pairs
    .flatMap(([key, value]) => (value == null ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(text(value))}`]))
    .join("&");
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Sends the hit so that it survives the visitor leaving the page. With `no-cors`, the response is opaque. */
export function sendHit(hit: MetaHit, fetch: SendFetch): Promise<unknown> {
  const query = hitQuery(hit);
  const address = `${ENDPOINT}?${query}`;
  const way = { mode: "no-cors", keepalive: true, credentials: "include" } as const;
  return address.length <= LONGEST_ADDRESS
    ? fetch(address, { method: "GET", ...way })
    : fetch(ENDPOINT, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: query,
        ...way,
      });
}
