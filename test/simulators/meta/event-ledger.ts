import { isDeepStrictEqual } from "node:util";

export type Leg = "browser" | "server";

/** One hit on `/tr`, read back from its query or form. */
export type BrowserHit = {
  readonly metaPixelId: string;
  readonly eventName: string;
  readonly eventId: string | null;
  /** `cd[...]`, JSON arrays and objects parsed, amounts as numbers. */
  readonly customData: Readonly<Record<string, unknown>>;
  /** `ud[...]` as sent. */
  readonly userData: Readonly<Record<string, string>>;
  readonly url: string | null;
  readonly referrer: string | null;
  readonly fbp: string | null;
  readonly fbc: string | null;
  /** `dpo`; null when the parameter was not sent at all. */
  readonly dataProcessingOptions: string | null;
  readonly transport: "GET" | "POST";
  readonly userAgent: string | null;
  /** Every parameter as it came. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly receivedAt: string;
};

/** One element of an accepted Graph request. */
export type ServerCopy = {
  readonly metaPixelId: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly testEventCode: string | null;
  readonly partnerAgent: string | null;
  readonly graphVersion: string;
  readonly traceId: string;
  readonly receivedAt: string;
};

/** One event as Meta would count it: all copies with the same pixel, name and id within 48 hours. */
export type ReceivedEvent = {
  readonly metaPixelId: string;
  readonly eventName: string;
  readonly eventId: string | null;
  readonly legs: readonly Leg[];
  /** Both legs arrived and were deduplicated into one event. */
  readonly merged: boolean;
  readonly browserCopies: number;
  /** More than one is the sender's fault: Meta does not promise to deduplicate two server copies. */
  readonly serverCopies: number;
  /** How many different event_time values those copies had: the same event sent again has the same one. */
  readonly serverEventTimes: number;
  readonly value: number | null;
  readonly currency: string | null;
  /** Keys of custom_data whose values differ between the legs; empty while one leg is missing. */
  readonly differences: readonly string[];
  /** The first copy of each leg. */
  readonly browser: BrowserHit | null;
  readonly server: ServerCopy | null;
  readonly firstReceivedAt: string;
};

type Identity = { readonly metaPixelId: string; readonly eventName: string; readonly eventId: string | null };

type Entry = Identity & {
  readonly browser: BrowserHit[];
  readonly server: ServerCopy[];
  readonly firstReceivedAt: string;
};

export type EventLedger = {
  readonly addBrowser: (hit: BrowserHit) => void;
  readonly addServer: (copy: ServerCopy) => void;
  /** Oldest first. */
  readonly received: () => ReceivedEvent[];
  readonly clear: () => void;
};

const WINDOW_MS = 48 * 3_600_000;
const COMPARED = [
  "value",
  "currency",
  "content_ids",
  "content_type",
  "contents",
  "num_items",
  "order_id",
  "search_string",
];

/**
 * Meta's documented rule A: same pixel, same event name, same id, received within 48 hours of the first copy. The rule
 * by fbp or external_id (rule B) is left out on purpose, so that nothing merges here but by the id.
 */
export function createEventLedger(): EventLedger {
  const entries: Entry[] = [];
  const open = new Map<string, Entry>();

  const entryFor = (identity: Identity, receivedAt: string): Entry => {
    const { metaPixelId, eventName, eventId } = identity;
    const key = JSON.stringify([metaPixelId, eventName, eventId]);
    const known = eventId ? open.get(key) : undefined;
    if (known && Date.parse(receivedAt) - Date.parse(known.firstReceivedAt) <= WINDOW_MS) return known;
    const made: Entry = { metaPixelId, eventName, eventId, browser: [], server: [], firstReceivedAt: receivedAt };
    entries.push(made);
    if (eventId) open.set(key, made);
    return made;
  };

  return {
    addBrowser: (hit) => entryFor(hit, hit.receivedAt).browser.push(hit),
    addServer: (copy) => {
      const { event_name, event_id } = copy.event;
      const eventId = typeof event_id === "string" ? event_id : null;
      entryFor({ metaPixelId: copy.metaPixelId, eventName: String(event_name), eventId }, copy.receivedAt).server.push(
        copy,
      );
    },
    received: () => entries.map(toReceivedEvent),
    clear: () => {
      entries.length = 0;
      open.clear();
    },
  };
}

function toReceivedEvent(entry: Entry): ReceivedEvent {
  const browser = entry.browser[0] ?? null;
  const server = entry.server[0] ?? null;
  const sources = [serverData(server), browser?.customData].filter((source) => source !== undefined);
  const value = sources.map((source) => source["value"]).find((source) => typeof source === "number");
  const currency = sources.map((source) => source["currency"]).find((source) => typeof source === "string");
  return {
    metaPixelId: entry.metaPixelId,
    eventName: entry.eventName,
    eventId: entry.eventId,
    legs: [...(browser ? (["browser"] as const) : []), ...(server ? (["server"] as const) : [])],
    merged: browser !== null && server !== null,
    browserCopies: entry.browser.length,
    serverCopies: entry.server.length,
    serverEventTimes: new Set(entry.server.map((copy) => copy.event["event_time"])).size,
    value: value ?? null,
    currency: currency ?? null,
    differences: differencesBetween(browser, server),
    browser,
    server,
    firstReceivedAt: entry.firstReceivedAt,
  };
}

/** The server copy's custom_data, or undefined without one. */
export function serverData(copy: ServerCopy | null): Readonly<Record<string, unknown>> | undefined {
  const custom = copy?.event["custom_data"];
  return isRecord(custom) ? custom : undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function differencesBetween(browser: BrowserHit | null, server: ServerCopy | null): string[] {
  if (!browser || !server) return [];
  const other = serverData(server) ?? {};
  return COMPARED.filter((key) => !isDeepStrictEqual(browser.customData[key], other[key]));
}
