import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { type Fields, fieldsOf } from "../event-contract/json.ts";
import type { MetaEvent, UserData } from "../event-contract/meta-event.ts";
import { currencyCode } from "../event-contract/money.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import { type BrowserLeg, SKIPPED_BECAUSE } from "../event-contract/wire.ts";
import type { NetRevenueNote } from "../outbox/types.ts";

// The outbox writes the ledger's JSON columns from these types, but an earlier version, a restored backup or a person
// at a database prompt may have written other values. One such row must not break a whole page or export, so invalid
// values are left out.

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => Number.isFinite(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const CUSTOM_DATA: Readonly<Record<keyof CustomData, Check>> = {
  value: isNumber,
  net_revenue: isNumber,
  currency: (value) => currencyCode(value) !== null,
  content_ids: listOf(isText),
  content_type: isText,
  content_name: isText,
  content_category: isText,
  contents: listOf((item) => fieldsOf(item) !== null),
  num_items: isNumber,
  delivery_category: isText,
  customer_segmentation: isText,
  predicted_ltv: isNumber,
  order_id: isText,
  search_string: isText,
  event_source: isText,
  lead_event_source: isText,
};

const IN_CLEAR: ReadonlySet<string> = new Set<keyof UserData>([
  "client_ip_address",
  "client_user_agent",
  "fbc",
  "fbp",
  "subscription_id",
  "lead_id",
]);

const thoseThat = (fields: Fields, check: (name: string, value: unknown) => boolean): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => check(name, value)));

/** Every field present has its type. */
export const storedCustomData = (value: unknown): CustomData =>
  thoseThat(fieldsOf(value) ?? {}, (name, field) => Object.hasOwn(CUSTOM_DATA, name) && checkOf(name)(field));

const checkOf = (name: string): Check => CUSTOM_DATA[name as keyof CustomData];

export const storedUserData = (value: unknown): UserData =>
  thoseThat(fieldsOf(value) ?? {}, (name, field) => (IN_CLEAR.has(name) ? isText(field) : listOf(isText)(field)));

/** The server leg. Its name, ID and time come from the row's own columns. */
export function storedServerLeg(value: unknown): MetaEvent {
  const body = thoseThat(fieldsOf(value) ?? {}, (name, field) => !TEXTS.has(name) || isText(field));
  const userData = storedUserData(body["user_data"]);
  // The other fields are shown unchanged.
  return Object.assign(body as MetaEvent, { user_data: userData, custom_data: storedCustomData(body["custom_data"]) });
}

const TEXTS: ReadonlySet<string> = new Set(["event_name", "event_source_url", "referrer_url", "action_source"]);

const BECAUSE: ReadonlySet<unknown> = new Set(SKIPPED_BECAUSE);

export function storedBrowserLeg(value: unknown): BrowserLeg | null {
  const fields = fieldsOf(value);
  const isLeg = fields?.["sent"] === true || (fields?.["sent"] === false && BECAUSE.has(fields["because"]));
  return isLeg ? (fields as BrowserLeg) : null;
}

const DECISIONS: ReadonlySet<unknown> = new Set<ConsentReceipt["decision"]>(["send", "send-limited", "withhold"]);

export function storedNetRevenue(value: unknown): NetRevenueNote | null {
  const { reported = null, coverage, reason } = fieldsOf(value) ?? {};
  if (typeof coverage !== "number" || (reported !== null && typeof reported !== "number")) return null;
  return { reported, coverage, reason: NOT_REPORTED.find((known) => known === reason) ?? null };
}

const NOT_REPORTED = ["costs-below-coverage", "sold-below-cost"] as const;

/** `at` may be NaN, which readers show as an unknown time. */
export function storedSignal(value: unknown): ConsentSignal | null {
  const { marketing, saleOfData, at } = fieldsOf(value) ?? {};
  return typeof marketing === "boolean" && typeof saleOfData === "boolean"
    ? { marketing, saleOfData, at: typeof at === "number" ? at : Number.NaN }
    : null;
}

export function storedConsent(value: unknown): ConsentReceipt | null {
  const fields = fieldsOf(value);
  if (fields === null || !DECISIONS.has(fields["decision"]) || !isText(fields["rule"])) return null;
  const policy = fieldsOf(fields["policy"]);
  return {
    ...(fields as ConsentReceipt),
    region: typeof fields["region"] === "string" ? fields["region"] : null,
    signal: storedSignal(fields["signal"]),
    policy: policy && isText(policy["source"]) ? (policy as ConsentReceipt["policy"]) : null,
  };
}
