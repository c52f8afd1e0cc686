import { isRecord } from "./event-ledger.ts";
import { type GraphRefusal, invalidEvent, strict } from "./graph-answers.ts";
import { userDataProblem } from "./user-data-rules.ts";

const FIELDS = new Set([
  "event_name",
  "event_time",
  "event_id",
  "action_source",
  "event_source_url",
  "referrer_url",
  "user_data",
  "custom_data",
  "opt_out",
  "data_processing_options",
  "data_processing_options_country",
  "data_processing_options_state",
  "customer_segmentation",
  "original_event_data",
  "attribution_data",
]);

const ACTION_SOURCES = [
  "email",
  "website",
  "app",
  "phone_call",
  "chat",
  "physical_store",
  "system_generated",
  "business_messaging",
  "other",
];

const DAY_S = 86_400;

type Event = Readonly<Record<string, unknown>>;
type Rule = (event: Event, now_s: number) => GraphRefusal | null;

/** What is wrong with one event of a request, or null. The first problem counts, as with the real Graph. */
export function eventProblem(event: unknown, now: Date): GraphRefusal | null {
  if (!isRecord(event)) return strict("data must be a list of objects", "data");
  for (const rule of RULES) {
    const problem = rule(event, now.getTime() / 1_000);
    if (problem) return problem;
  }
  return null;
}

const knownFields: Rule = (event) => {
  const unknown = Object.keys(event).find((key) => !FIELDS.has(key));
  return unknown ? strict(`Unknown field ${unknown} in an event`, unknown) : null;
};

const requiredFields: Rule = (event) => {
  const name = event["event_name"];
  if (typeof name !== "string" || name === "") return strict("event_name must be a text", "event_name");
  if (!Number.isInteger(event["event_time"])) return strict("event_time must be whole Unix seconds", "event_time");
  const source = event["action_source"];
  if (typeof source !== "string" || !ACTION_SOURCES.includes(source)) {
    return strict("action_source is not one of Meta's", "action_source");
  }
  const id = event["event_id"];
  if (id !== undefined && (typeof id !== "string" || id === "")) return strict("event_id must be a text", "event_id");
  return isRecord(event["user_data"]) ? null : strict("user_data must be an object", "user_data");
};

const age: Rule = (event, now_s) => {
  const time = Number(event["event_time"]);
  if (time > now_s) return invalidEvent(2804004, "event_time");
  const days = event["action_source"] === "physical_store" ? 62 : 7;
  return now_s - time > days * DAY_S ? invalidEvent(2804003, "event_time") : null;
};

const addresses: Rule = (event) => {
  const missing = event["action_source"] === "website" && event["event_source_url"] === undefined;
  if (missing) return strict("event_source_url is required for website events", "event_source_url");
  const wrong = ["event_source_url", "referrer_url"].find(
    (key) => event[key] !== undefined && !isWebAddress(event[key]),
  );
  return wrong ? strict(`${wrong} must be an http(s) address`, wrong) : null;
};

const isWebAddress = (value: unknown): boolean =>
  typeof value === "string" && /^https?:$/.test(URL.parse(value)?.protocol ?? "");

const dataProcessing: Rule = (event) => {
  const options: unknown = event["data_processing_options"];
  const country = event["data_processing_options_country"];
  const state = event["data_processing_options_state"];
  if (options !== undefined && (!Array.isArray(options) || options.some((option) => option !== "LDU"))) {
    return strict('data_processing_options must be [] or ["LDU"]', "data_processing_options");
  }
  const isWhole = [country, state].every((place) => place === undefined || Number.isInteger(place));
  if (!isWhole) return strict("data_processing_options_country and _state must be whole numbers");
  // Documented: a country without a state makes Meta determine every visitor's location itself.
  return (country === undefined) === (state === undefined)
    ? null
    : strict("data_processing_options need country and state together");
};

const userData: Rule = (event) => (isRecord(event["user_data"]) ? userDataProblem(event["user_data"]) : null);

const money: Rule = (event) => {
  const custom = customDataOf(event);
  const { value, currency } = custom;
  if (event["event_name"] === "Purchase" && value === undefined) return invalidEvent(2804009, "custom_data", "value");
  if (value !== undefined && currency === undefined) return invalidEvent(2804023, "custom_data", "currency");
  // Meta accepts numeric strings; the simulator refuses negative and non-numeric values.
  if (value !== undefined && !(isAmount(value) && Number(value) >= 0)) {
    return strict("value must be an amount", "custom_data", "value");
  }
  if (currency !== undefined && !(typeof currency === "string" && /^[A-Za-z]{3}$/.test(currency))) {
    return strict("currency must be an ISO 4217 code", "custom_data", "currency");
  }
  return null;
};

const isAmount = (value: unknown): boolean =>
  typeof value === "number" ? Number.isFinite(value) : typeof value === "string" && /^\d+(\.\d+)?$/.test(value);

const items: Rule = (event) => {
  const { content_ids, contents, content_type, num_items } = customDataOf(event);
  if (content_ids !== undefined && !isListOf(content_ids, (id) => typeof id === "string" || typeof id === "number")) {
    return strict("content_ids must be a list of ids", "custom_data", "content_ids");
  }
  if (content_type !== undefined && content_type !== "product" && content_type !== "product_group") {
    return strict("content_type must be product or product_group", "custom_data", "content_type");
  }
  if (num_items !== undefined && !Number.isInteger(num_items)) {
    return strict("num_items must be whole", "custom_data", "num_items");
  }
  return contents === undefined ? null : contentsProblem(contents);
};

function contentsProblem(contents: unknown): GraphRefusal | null {
  if (!isListOf(contents, isRecord)) return strict("contents must be a list of objects", "custom_data", "contents");
  if (!isListOf(contents, (item) => isRecord(item) && Boolean(item["id"]))) {
    return invalidEvent(2804008, "custom_data", "contents");
  }
  const counted = isListOf(
    contents,
    (item) => isRecord(item) && isAmountOrAbsent(item["quantity"]) && isAmountOrAbsent(item["item_price"]),
  );
  return counted ? null : strict("quantity and item_price must be numbers", "custom_data", "contents");
}

const isAmountOrAbsent = (value: unknown): boolean => value === undefined || isAmount(value);

const isListOf = (value: unknown, test: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(test);

const customDataOf = (event: Event): Event => (isRecord(event["custom_data"]) ? event["custom_data"] : {});

// Meta does not count a CRM's event without both fields (Conversions API for CRM, payload, 2026-09), so the simulator
// refuses it; the event's action source is system_generated there.
const crm: Rule = (event) => {
  const user = isRecord(event["user_data"]) ? event["user_data"] : {};
  if (user["lead_id"] === undefined) return null;
  if (event["action_source"] !== "system_generated") {
    return strict("a lead's event is system_generated", "action_source");
  }
  const { event_source, lead_event_source } = customDataOf(event);
  if (event_source !== "crm") return strict("event_source must be crm", "custom_data", "event_source");
  return typeof lead_event_source === "string" && lead_event_source !== ""
    ? null
    : strict("lead_event_source must name the CRM", "custom_data", "lead_event_source");
};

/** Original Event Data Parameters (Conversions API, 2026-11): the name, the time, the ID or the order of an earlier event. */
const original: Rule = (event, now_s) => {
  const of = event["original_event_data"];
  if (of === undefined) return null;
  if (!isRecord(of)) return strict("original_event_data must be an object", "original_event_data");
  const isNamed = typeof of["event_name"] === "string" && of["event_name"] !== "";
  const isEarlier = Number.isInteger(of["event_time"]) && Number(of["event_time"]) <= now_s;
  const isKnown = [of["event_id"], of["order_id"]].some((id) => typeof id === "string" && id !== "");
  return isNamed && isEarlier && isKnown
    ? null
    : strict("original_event_data names no earlier event", "original_event_data");
};

const RULES: readonly Rule[] = [
  ...[knownFields, requiredFields, age, addresses, dataProcessing, userData],
  ...[money, items, crm, original],
];
