/** Every rule has a row in docs/glossary.md. */
export type ConsentRule =
  | "browser-granted"
  | "browser-declined"
  | "not-required-in-region"
  | "required-and-unknown"
  | "no-answer-withheld"
  | "region-unknown"
  | "sale-opt-out"
  | "customer-opted-out"
  | "opt-out-unknown"
  | "no-shopper";

/** Why an order is not, or not yet, a Purchase. */
export type OrderReason =
  | "test-order"
  | "cancelled-before-payment"
  | "channel-withheld"
  | "tag-withheld"
  | "gift-cards-only"
  | "zero-value"
  | "cancelled-before-counting"
  | "not-paid-in-time"
  | "not-fulfilled-in-time"
  | "not-tagged-in-time"
  | "waiting-for-payment"
  | "waiting-for-fulfillment"
  | "waiting-for-tag";

/** Problems for which Meta would refuse an event, in the order in which Meta checks. */
export type PreCheckProblem =
  | "in-the-future"
  | "too-old"
  | "no-page-address"
  | "no-customer-data"
  | "unhashed-customer-data"
  | "no-value"
  | "no-currency"
  | "bad-value"
  | "bad-contents";

/** Why the server sends the event to no pixel. */
export type RouteReason = "no-pixel" | "no-token" | "pixel-paused" | "server-leg-off" | "not-routed";

/** Why an event ended whose pixel, shop or customer no longer exists. */
export type EndReason = "pixel-disconnected" | "app-uninstalled" | "customer-redacted";

/**
 * Why an event was not sent, or not yet: each has a row in docs/glossary.md and in app/wording/en/reasons.ts. Meta's own
 * reason for refusing an event is not one of these; it is stored as a sentence.
 */
export type Reason =
  | OrderReason
  | PreCheckProblem
  | RouteReason
  | EndReason
  | `consent-${ConsentRule}`
  | "bot"
  | "dedup-window-passed"
  | "paused"
  | "blocked";
