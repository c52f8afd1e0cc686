import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { PreCheckProblem } from "../event-contract/reason.ts";
import { isMatchable } from "./identity.ts";

export type Clock = {
  readonly now: Date;
  /** The last moment at which Meta accepts the event. */ readonly sendableUntil: Date;
};

type Check = { readonly problem: PreCheckProblem; readonly fails: (event: MetaEvent, clock: Clock) => boolean };

const CURRENCY = /^[A-Z]{3}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const DIGEST_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const HASHED = ["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"] as const;
/** Meta needs an amount for these events (100/2804009 for Purchase). */
const NEEDS_VALUE: readonly string[] = ["Purchase", "Subscribe", "OrderRefunded", "UpsellPurchase"];

// Graph 100/2804xxx (developers.facebook.com, Conversions API, 2026-09, and answers recorded by others). One invalid
// event makes Meta refuse the whole request without naming it, so invalid events are kept out of requests.
const CHECKS: readonly Check[] = [
  // 2804004
  { problem: "in-the-future", fails: ({ event_time }, { now }) => event_time > Math.ceil(now.getTime() / 1000) },
  // 2804003
  { problem: "too-old", fails: (_event, { now, sendableUntil }) => sendableUntil <= now },
  {
    problem: "no-page-address",
    fails: ({ action_source, event_source_url }) => action_source === "website" && !isWebAddress(event_source_url),
  },
  // 2804050
  { problem: "no-customer-data", fails: ({ user_data }) => !isMatchable(user_data) },
  {
    problem: "unhashed-customer-data",
    fails: ({ user_data }) => HASHED.some((key) => user_data[key]?.some((text) => !isDigest(text))),
  },
  {
    problem: "no-value",
    fails: ({ event_name, custom_data }) => NEEDS_VALUE.includes(event_name) && !((custom_data.value ?? 0) > 0),
  },
  // 2804023
  {
    problem: "no-currency",
    fails: ({ custom_data: { value, currency } }) => value !== undefined && !CURRENCY.test(currency ?? ""),
  },
  { problem: "bad-value", fails: ({ custom_data: { value } }) => value !== undefined && !isAmount(value) },
  // 2804008
  {
    problem: "bad-contents",
    fails: ({ custom_data: { content_ids = [], contents = [] } }) =>
      content_ids.includes("") || contents.some((item) => item.id === "" || !isAmount(item.item_price)),
  },
];

/** Why Meta would refuse the event, or null. */
export const problemForMeta = (event: MetaEvent, clock: Clock): PreCheckProblem | null =>
  CHECKS.find(({ fails }) => fails(event, clock))?.problem ?? null;

const isWebAddress = (address: string | undefined): boolean => /^https?:\/\/[^/?#\s]+/.test(address ?? "");
const isDigest = (text: string): boolean => DIGEST.test(text) && text !== DIGEST_OF_NOTHING;
const isAmount = (amount: number): boolean => Number.isFinite(amount) && amount >= 0;
