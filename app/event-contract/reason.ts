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
  | "opt-out-unknown";

/** Why an order is not (yet) a Purchase. */
export type OrderReason =
  | "test-order"
  | "cancelled-before-payment"
  | "channel-withheld"
  | "tag-withheld"
  | "gift-cards-only"
  | "zero-value"
  | "not-paid-in-time"
  | "waiting-for-payment";

/** What Meta would refuse, in the order in which Meta checks. */
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

/** Why no pixel takes the event from the server. */
export type RouteReason = "no-pixel" | "no-token" | "pixel-paused" | "server-leg-off" | "not-routed";

/** Why an event ended whose pixel, shop or customer is no longer there. */
export type EndReason = "pixel-disconnected" | "app-uninstalled" | "customer-redacted";

/**
 * Why an event was not sent, or not yet: a row of docs/glossary.md and of app/wording/reasons.ts each. What Meta says of
 * an event is no reason of this kind: it is kept as a sentence.
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
