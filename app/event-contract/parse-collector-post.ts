import { type ConsentSignal, parseConsentSignal } from "./consent-signal.ts";
import { type CheckoutToken, checkoutToken, type EventId, eventId, type OrderId, orderId } from "./event-id.ts";
import { type EventName, isBrowserEventName, type SentName } from "./event-name.ts";
import { type Fields, fieldsOf, fieldsOfText } from "./json.ts";
import { currencyCode } from "./money.ts";
import { type Content, CUSTOMER_SEGMENTS, type CustomData, DELIVERY_CATEGORIES } from "./purchase.ts";
import { sourceUrl } from "./source-url.ts";
import { formFacts } from "./form-facts.ts";
import { isStorable } from "./storable-text.ts";
import {
  type BrowserLeg,
  type BrowserRoute,
  type CollectorPost,
  type FormFacts,
  HASHED_KEYS,
  type HashedPerson,
  MOST_EVENTS,
  SKIPPED_BECAUSE,
  type SkippedBecause,
} from "./wire.ts";

// Only the server imports this, so it adds nothing to the browser's bundles.

/** Why a post could not be read: `wrong-field` if a field is missing or invalid, `no-id` if the event has no ID. */
export type UnreadableBecause = "too-long" | "not-json" | "wrong-field" | "no-id";

export type Unreadable = {
  readonly ok: false;
  readonly because: UnreadableBecause;
  /** Names the first invalid field, never its value. */
  readonly problem: string;
};
export type ParsedPost = { readonly ok: true; readonly post: CollectorPost } | Unreadable;

const unreadable = (because: UnreadableBecause, problem: string): Unreadable => ({ ok: false, because, problem });

const LONGEST_POST = 16_384;
// A checkout lists its items. No browser sends more than 64 KiB from a page that is unloading.
const LONGEST_OF_CHECKOUT = 65_536;
const OF_CHECKOUT: ReadonlySet<unknown> = new Set<EventName>(["InitiateCheckout", "AddPaymentInfo", "Purchase"]);
const MOST_ITEMS = 500;

/** A field's value, or undefined if it is invalid. */
type Reader<T> = (value: unknown) => T | undefined;

const number: Reader<number> = (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
const amount: Reader<number> = (value) =>
  number(value) !== undefined && Number(value) >= 0 ? Number(value) : undefined;
const count: Reader<number> = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
/** Epoch milliseconds that a Date can hold. */
const moment: Reader<number> = (value) =>
  amount(value) !== undefined && Number(value) <= 864e13 ? Number(value) : undefined;
/** A settings version, which is a 4-byte integer in PostgreSQL. */
const version: Reader<number> = (value) =>
  count(value) !== undefined && Number(value) < 2 ** 31 ? Number(value) : undefined;
/** At most this many characters, counted like the browser's truncation: an emoji is one. */
const text =
  (longest: number): Reader<string> =>
  (value) =>
    typeof value === "string" && isWithin(value, longest) && isStorable(value) ? value : undefined;
const isWithin = (value: string, longest: number): boolean =>
  value.length <= longest || (value.length <= 2 * longest && [...value].length <= longest);
const matching =
  (form: RegExp): Reader<string> =>
  (value) =>
    typeof value === "string" && form.test(value) ? value : undefined;
const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > MOST_ITEMS) return undefined;
    const items = value.map(read);
    // No item is undefined, so every item was read.
    return items.includes(undefined) ? undefined : (items as readonly T[]);
  };

/** Senders use absent and null alike. */
const optional =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value) =>
    value === undefined || value === null ? null : read(value);

const content: Reader<Content> = (value) => {
  const fields = fieldsOf(value);
  const id = text(200)(fields?.["id"]);
  const quantity = count(fields?.["quantity"]);
  const price = amount(fields?.["item_price"]);
  return id === undefined || quantity === undefined || price === undefined
    ? undefined
    : { id, quantity, item_price: price };
};

/** A browser may not report costs, nor speak for a CRM. */
type BrowserData = Omit<CustomData, "net_revenue" | "event_source" | "lead_event_source">;

const CUSTOM_DATA: { readonly [Key in keyof BrowserData]-?: Reader<NonNullable<BrowserData[Key]>> } = {
  value: amount,
  currency: (value) => currencyCode(value) ?? undefined,
  content_ids: listOf(text(200)),
  content_type: (value) => (value === "product" || value === "product_group" ? value : undefined),
  content_name: text(500),
  content_category: text(500),
  contents: listOf(content),
  num_items: count,
  delivery_category: (value) => DELIVERY_CATEGORIES.find((category) => category === value),
  customer_segmentation: (value) => CUSTOMER_SEGMENTS.find((segment) => segment === value),
  predicted_ltv: amount,
  order_id: (value) => orderId(value) ?? undefined,
  search_string: text(500),
};

const customData: Reader<CustomData> = (value) => {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const read = Object.entries(CUSTOM_DATA)
    .filter(([key]) => fields[key] !== undefined)
    .map(([key, reader]) => [key, reader(fields[key])] as const);
  return read.some(([, field]) => field === undefined) ? undefined : Object.fromEntries(read);
};

const leg: Reader<BrowserLeg> = (value) => {
  const fields = fieldsOf(value);
  const way = route(fields ?? {});
  if (!way) return undefined;
  if (fields?.["sent"] === true) return { sent: true, ...way };
  const because = SKIPPED_BECAUSE.find((reason: SkippedBecause) => reason === fields?.["because"]);
  return fields?.["sent"] === false && because !== undefined ? { sent: false, because, ...way } : undefined;
};

const SENT_NAME = /^[A-Za-z][\w -]{0,49}$/;
const PIXEL_ID = /^\d{1,20}$/;

const route: Reader<BrowserRoute> = (fields) => {
  const { as, to } = fieldsOf(fields) ?? {};
  const ids = to === undefined ? [] : listOf(matching(PIXEL_ID))(to);
  if ((as !== undefined && !matching(SENT_NAME)(as)) || !ids) return undefined;
  return {
    // An unchecked claim: decide-events accepts it only if the shop really used this name.
    ...(as !== undefined && { as: as as SentName }),
    ...(to !== undefined && { to: ids }),
  };
};

// Filtered again, because anyone can post to the collector.
const address: Reader<string | null> = (value) =>
  typeof value === "string" && isStorable(value) ? sourceUrl(value) : undefined;

const SHA256 = /^[0-9a-f]{64}$/;

/** Ignores unknown keys. Refuses a known key that is not a hash, because it may be a name in plain text. */
const hashedPerson: Reader<HashedPerson> = (value) => {
  const fields = fieldsOf(value);
  const hashedKeys = HASHED_KEYS.filter((key) => fields?.[key] !== undefined);
  return fields && hashedKeys.every((key) => matching(SHA256)(fields[key]))
    ? Object.fromEntries(hashedKeys.map((key) => [key, fields[key]]))
    : undefined;
};

const POST: { readonly [Key in keyof CollectorPost]: Reader<CollectorPost[Key]> } = {
  name: (value): EventName | undefined => (isBrowserEventName(value) ? value : undefined),
  id: optional<EventId>((value) => eventId(value) ?? undefined),
  at: moment,
  sentAt: moment,
  url: optional(address),
  referrer: optional(address),
  userAgent: optional(text(1024)),
  fbp: optional(text(640)),
  fbc: optional(text(640)),
  consent: (value): ConsentSignal | undefined => parseConsentSignal(fieldsOf(value)) ?? undefined,
  settingsVersion: version,
  leg,
  checkoutToken: optional<CheckoutToken>((value) => checkoutToken(value) ?? undefined),
  orderId: optional<OrderId>((value) => orderId(value) ?? undefined),
  data: customData,
  person: optional<HashedPerson>(hashedPerson),
  form: optional<FormFacts>(formFacts),
};

const READERS = Object.entries(POST);
const malformed = (field: string): Unreadable =>
  unreadable("wrong-field", `${field}: missing or not of the expected form`);

/** Reads the body of a post about one event, as `parseEventsPost` does. */
export function parseCollectorPost(body: string): ParsedPost {
  const [first, ...others] = parseEventsPost(body);
  return others.length > 0 ? malformed("events") : first;
}

/**
 * Reads the collector's request body: one event, or what several share and beside it `events`, each with what is its
 * own; where both have a field, the event's own is its value. Gives one result an event, or a single one if nothing of
 * the post can be read. Ignores unknown keys, checks every known one and never throws.
 */
export function parseEventsPost(body: string): readonly [ParsedPost, ...ParsedPost[]] {
  if (body.length > LONGEST_OF_CHECKOUT) return [unreadable("too-long", "the body is longer than 64 kB")];
  const shared = fieldsOfText(body);
  if (!shared) return [unreadable("not-json", "the body is not a JSON object")];
  const { events } = shared;
  if (events === undefined) {
    return [
      isTooLong(body.length, shared["name"]) ? unreadable("too-long", TOO_LONG) : postFrom({}, readersOf(shared)),
    ];
  }
  if (!Array.isArray(events)) return [malformed("events")];
  if (events.length > MOST_EVENTS) return [unreadable("too-long", `events: more than ${MOST_EVENTS}`)];
  const read = readersOf(shared);
  const [first = malformed("events"), ...others] = events.map((event: unknown): ParsedPost => {
    const own = fieldsOf(event);
    const parsed = own ? postFrom(own, read) : malformed("events");
    // Measured on what was read: text may be nested too deep to be written again.
    const isLong =
      parsed.ok && body.length > LONGEST_POST && isTooLong(JSON.stringify(parsed.post).length, parsed.post.name);
    return isLong ? unreadable("too-long", TOO_LONG) : parsed;
  });
  return [first, ...others];
}

const TOO_LONG = "the body is longer than 16 kB and does not concern a checkout";
const isTooLong = (length: number, name: unknown): boolean => length > LONGEST_POST && !OF_CHECKOUT.has(name);

type Read = readonly (readonly [key: string, reader: Reader<unknown>, value: unknown])[];

/** What the events share, read once. A field that is missing or invalid here may still stand in an event. */
const readersOf = (shared: Fields): Read => READERS.map(([key, reader]) => [key, reader, reader(shared[key])]);

function postFrom(own: Fields, shared: Read): ParsedPost {
  const read = shared.map(([key, reader, value]) => [key, own[key] === undefined ? value : reader(own[key])] as const);
  const unread = read.find(([, value]) => value === undefined);
  if (unread) return malformed(unread[0]);
  // The table has a reader for every key of the type, and none returned undefined.
  const post = Object.fromEntries(read) as CollectorPost;
  // Only a Purchase may lack an ID, because it is a receipt and not an event.
  return post.id === null && post.name !== "Purchase"
    ? unreadable("no-id", "id: every event except a Purchase must have one")
    : { ok: true, post };
}
