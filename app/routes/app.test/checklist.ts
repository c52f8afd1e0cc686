import type { TestEvent } from "../../ledger/test-event-types.ts";

/** `better`: Meta takes the event without it, and makes less of it. */
export type CheckResult = "there" | "missing" | "better";
export type CheckItem = "name" | "time" | "source" | "page" | "person" | "value" | "contents" | "pair";

/** What Meta needs of an event, and whether it has it. `detail`: what there is of it. */
export type Check = {
  readonly item: CheckItem;
  readonly result: CheckResult;
  readonly detail: readonly string[];
};

/** Meta needs an amount for these (100/2804009 for Purchase). */
const NEEDS_VALUE: ReadonlySet<string> = new Set(["Purchase", "Subscribe", "OrderRefunded", "UpsellPurchase"]);
/** Those by which a catalog's ads know what was looked at or bought (Meta, "Dynamic ads", required parameters, 2026-09). */
const NEEDS_CONTENTS: ReadonlySet<string> = new Set(["Purchase", "AddToCart", "ViewContent"]);

// Keys that many people share find nobody (Conversions API, best practices, 2026-09).
const SHARED: ReadonlySet<string> = new Set(["ct", "st", "zp", "country", "ge", "db", "client_user_agent"]);
/** The keys by which Meta finds most people: its own cookie, and what somebody has logged in with. */
const STRONG: ReadonlySet<string> = new Set(["em", "ph", "fbp", "fbc"]);

/** Null for an event that is not sent, of which nothing is kept that could be checked. */
export function checklist(event: TestEvent): readonly Check[] | null {
  if (event.state === "withheld" || (event.state === "refused" && event.deliveries.length === 0)) return null;
  const checks: readonly (Check | null)[] = [
    { item: "name", result: "there", detail: [event.sentAs] },
    { item: "time", result: "there", detail: [] },
    event.actionSource === null
      ? { item: "source", result: "missing", detail: [] }
      : { item: "source", result: "there", detail: [event.actionSource] },
    event.actionSource === "website" ? { item: "page", result: event.hasPage ? "there" : "missing", detail: [] } : null,
    { item: "person", result: personOf(event.userDataKeys), detail: event.userDataKeys },
    valueOf(event),
    contentsOf(event),
    event.actionSource === "website" ? pairOf(event) : null,
  ];
  return checks.filter((check) => check !== null);
}

function personOf(keys: readonly string[]): CheckResult {
  if (keys.every((key) => SHARED.has(key))) return "missing";
  return keys.some((key) => STRONG.has(key)) ? "there" : "better";
}

function valueOf({ eventName, data: { value, currency } }: TestEvent): Check | null {
  const isThere = value !== undefined && currency !== undefined;
  if (!isThere && !NEEDS_VALUE.has(eventName)) return null;
  return { item: "value", result: isThere ? "there" : "missing", detail: [] };
}

function contentsOf({ eventName, data: { content_ids: ids = [] } }: TestEvent): Check | null {
  if (ids.length === 0 && !NEEDS_CONTENTS.has(eventName)) return null;
  return { item: "contents", result: ids.length > 0 ? "there" : "better", detail: ids };
}

const pairOf = ({ browserSent, eventId }: TestEvent): Check => ({
  item: "pair",
  result: browserSent === true ? "there" : "better",
  detail: [eventId],
});
