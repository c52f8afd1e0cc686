import type { EventId } from "../event-contract/event-id.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { HashedPerson } from "../event-contract/wire.ts";
import type { SendFetch } from "./send-fetch.ts";

/** One event for one pixel, for Meta's `/tr` endpoint. `at` is epoch milliseconds. */
export type MetaHit = BrowserIds & {
  /** Meta's number of the pixel. */
  readonly to: string;
  /** The event name sent to Meta. */
  readonly as: string;
  readonly id: EventId | null;
  readonly at: number;
  readonly url: string | null;
  readonly referrer: string | null;
  /** True requests Limited Data Use; Meta then locates the visitor itself (country and state 0). */
  readonly limited: boolean;
  readonly data: CustomData;
  /** The logged-in customer, if known. */
  readonly person?: HashedPerson | null | undefined;
};

const ENDPOINT = "https://www.facebook.com/tr/";
// fbevents posts longer hits (seen in version 2.9.324); longer URLs get truncated on the way.
const LONGEST_ADDRESS = 2048;

/** The hit as percent-encoded `key=value` pairs, without unknown values. */
export function hitQuery(hit: MetaHit): string {
  const parameters = Object.assign(
    { id: hit.to, ev: hit.as, eid: hit.id, dl: hit.url, rl: hit.referrer, if: false, ts: hit.at },
    ...within("cd", hit.data),
    ...within("ud", hit.person),
    { fbp: hit.fbp, fbc: hit.fbc },
    hit.limited && { dpo: "LDU", dpoco: 0, dpost: 0 },
  ) as Readonly<Record<string, unknown>>;
  return Object.entries(parameters)
    .flatMap(([key, value]) => (value == null ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(text(value))}`]))
    .join("&");
}

const within = (name: string, fields: object | null | undefined) =>
  Object.entries(fields ?? {}).map(([key, value]) => ({ [`${name}[${key}]`]: value as unknown }));

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
