import type { BrowserIds } from "../../../app/event-contract/meta-cookies.ts";
import type { CustomData } from "../../../app/event-contract/purchase.ts";
import type { EventId } from "../../../app/event-contract/event-id.ts";
import type { EventName } from "../../../app/event-contract/event-name.ts";
import type { Sandbox } from "./sandbox.ts";

/** One event for one pixel, as Meta's `/tr` takes it. `at` is epoch milliseconds. */
export type MetaHit = {
  readonly pixelId: string;
  readonly name: EventName;
  readonly id: EventId;
  readonly at: number;
  readonly url: string | null;
  readonly referrer: string | null;
  readonly ids: BrowserIds;
  /** True asks for limited data use; Meta then finds the visitor's state by itself (country and state 0). */
  readonly limited: boolean;
  readonly data: CustomData;
};

const ENDPOINT = "https://www.facebook.com/tr/";
// fbevents posts what does not fit (seen in version 2.9.324); longer addresses are cut on the way.
const LONGEST_ADDRESS = 2048;

/** The hit as `key=value` pairs, percent-encoded; what is unknown is left out. */
export function hitQuery(hit: MetaHit): string {
  const pairs: [string, unknown][] = [
    ["id", hit.pixelId],
    ["ev", hit.name],
    ["eid", hit.id],
    ["dl", hit.url],
    ["rl", hit.referrer],
    ["if", false],
    ["ts", hit.at],
    ...Object.entries(hit.data).map(([key, value]): [string, unknown] => [`cd[${key}]`, value]),
    ["fbp", hit.ids.fbp],
    ["fbc", hit.ids.fbc],
    ...(hit.limited ? LIMITED : []),
  ];
  return pairs
    .flatMap(([key, value]) => (value == null ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(text(value))}`]))
    .join("&");
}

const LIMITED: [string, unknown][] = [
  ["dpo", "LDU"],
  ["dpoco", 0],
  ["dpost", 0],
];

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Sends the hit so that it survives the visitor leaving the page. The answer is opaque by design of `no-cors`. */
export function sendHit(hit: MetaHit, fetch: Sandbox["fetch"]): Promise<unknown> {
  const query = hitQuery(hit);
  const way = { mode: "no-cors", keepalive: true, credentials: "include" } as const;
  return ENDPOINT.length + 1 + query.length <= LONGEST_ADDRESS
    ? fetch(`${ENDPOINT}?${query}`, { method: "GET", ...way })
    : fetch(ENDPOINT, {
        method: "POST",
        ...way,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: query,
      });
}
