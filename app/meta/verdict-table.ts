import type { Isolation, Verdict } from "./types.ts";

/** One code, or a range with both ends included. */
export type CodeRange = number | readonly [from: number, to: number];

export type VerdictRow = {
  readonly code: CodeRange;
  /** Absent: any subcode. */
  readonly subcode?: CodeRange;
  readonly verdict: Exclude<Verdict["kind"], "accepted">;
  /** For the merchant: what happened, and what to do if something has to be done. */
  readonly advice: string;
  /** `try-later` only: a pause that Meta requires but does not always state in its headers. */
  readonly waitMinutes?: number;
  /** `try-later` only: how often an event is tried before it expires, if its age alone would allow too many tries. */
  readonly maxAttempts?: number;
  /** `try-later` only: whether one of the request's events may be the cause. */
  readonly isolate?: Isolation;
};

const RECONNECT =
  "Create a new one in Events Manager (Data sources, your pixel, Settings, Conversions API, Generate access token) and save it in the settings. Until then events are kept, for up to 7 days after they happened.";
const THROTTLED = "Meta is limiting the number of requests. Tandem continues by itself when the limit ends.";
const RECOVERING = "Meta has a temporary problem. Tandem tries again by itself.";
const BETWEEN =
  "A proxy or a firewall between Tandem and Meta answered instead of Meta. The operator of this app must allow requests to Meta (META_GRAPH_URL). Tandem tries again by itself, for as long as Meta accepts the event.";
const MESSAGING = "Meta treated the event as part of a message thread, and could not match it to a page or an account.";
const OUR_REQUEST = "Meta could not read the request. This is a fault of the app, not of your settings.";

/** The token is as it was, but Meta takes it only after the person has dealt with their account. */
const LOG_IN =
  "Once they have logged in at facebook.com and done what it asks, Meta accepts the token again: Tandem looks every hour, and Check now in the settings looks at once. If Meta still refuses it:";

/** Why a token has ended: the same under 102 and 190 (Graph API, Handling errors, "Authentication error subcodes", 2026-09). */
const ENDED_TOKENS = [
  { subcode: 458, advice: `The app that created the access token was removed. ${RECONNECT}` },
  {
    subcode: 459,
    advice: `The person who created the access token must log in to Facebook and pass a check first. ${LOG_IN} ${RECONNECT}`,
  },
  { subcode: 460, advice: `The access token ended because a password was changed. ${RECONNECT}` },
  { subcode: 463, advice: `The access token has expired. ${RECONNECT}` },
  {
    subcode: 464,
    advice: `The person who created the access token has not confirmed their account. ${LOG_IN} ${RECONNECT}`,
  },
  { subcode: 467, advice: `The access token was withdrawn. ${RECONNECT}` },
] as const;

/**
 * What each of Graph's error codes means for an event. The first row that matches decides, so a subcode's row is above
 * its code's. Sources: Graph API error handling, Marketing API rate limiting and Conversions API pages of
 * developers.facebook.com (2026-09); the subcodes 2804xxx are undocumented and come from recorded answers.
 */
export const META_VERDICTS = [
  { code: 1, verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" },
  { code: 2, verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" },
  { code: 4, subcode: 1504022, verdict: "try-later", advice: THROTTLED },
  { code: 4, subcode: 1504039, verdict: "try-later", advice: THROTTLED },
  { code: 4, verdict: "try-later", advice: THROTTLED },
  { code: 17, subcode: 2446079, verdict: "try-later", advice: THROTTLED },
  { code: 17, verdict: "try-later", advice: THROTTLED },
  { code: 32, verdict: "try-later", advice: THROTTLED },
  { code: 341, verdict: "try-later", advice: THROTTLED },
  { code: 613, subcode: 1487742, verdict: "try-later", advice: THROTTLED },
  { code: 613, subcode: 5044001, verdict: "try-later", advice: THROTTLED },
  {
    code: 613,
    verdict: "try-later",
    advice: `${THROTTLED} Meta calls this limit a protection against abuse.`,
    waitMinutes: 60,
  },
  { code: [80000, 80014], verdict: "try-later", advice: THROTTLED },
  {
    code: 368,
    verdict: "try-later",
    advice:
      "Meta has blocked this account for a while because of its policies. Check Account Quality in Meta Business Suite.",
    waitMinutes: 60,
  },

  { code: 104, verdict: "blocked", advice: `Meta could not read the access token. ${RECONNECT}` },
  ...[102, 190].flatMap((code) =>
    ENDED_TOKENS.map(({ subcode, advice }) => ({ code, subcode, verdict: "blocked", advice }) as const),
  ),
  { code: 102, verdict: "blocked", advice: `The access token is no longer valid. ${RECONNECT}` },
  { code: 190, verdict: "blocked", advice: `The access token is no longer valid. ${RECONNECT}` },
  {
    code: 100,
    subcode: 33,
    verdict: "blocked",
    advice: `There is no pixel with this ID, or the access token does not belong to it. Compare the ID with the one in Events Manager. ${RECONNECT}`,
  },
  { code: 3, verdict: "blocked", advice: `The access token may not send events. ${RECONNECT}` },
  { code: 10, verdict: "blocked", advice: `The access token may not send events. ${RECONNECT}` },
  {
    code: 294,
    verdict: "blocked",
    advice: `The access token lacks the permission to manage advertisements. ${RECONNECT}`,
  },
  { code: [200, 299], verdict: "blocked", advice: `The access token lacks a permission. ${RECONNECT}` },
  {
    code: 2635,
    verdict: "blocked",
    advice:
      "Meta no longer offers the Graph API version that the app uses. The operator of this app must set a newer META_GRAPH_VERSION.",
  },
  {
    // An event cannot cause a wrong address, and refusing them one by one would lose them all.
    code: 2500,
    verdict: "blocked",
    advice:
      "Meta does not know the address that the app sends to. The operator of this app must check META_GRAPH_URL and META_GRAPH_VERSION.",
  },

  {
    code: 100,
    subcode: 2804003,
    verdict: "refused",
    advice: "The event is older than Meta accepts (7 days, 62 for sales in a physical shop).",
  },
  {
    code: 100,
    subcode: 2804004,
    verdict: "refused",
    advice: "Meta says the event is in the future. The operator of this app must check the server's clock.",
  },
  { code: 100, subcode: 2804008, verdict: "refused", advice: "An item of the event has no catalog ID." },
  { code: 100, subcode: 2804009, verdict: "refused", advice: "The purchase has no value." },
  { code: 100, subcode: 2804023, verdict: "refused", advice: "The event has a value without a currency." },
  { code: 100, subcode: 2804036, verdict: "refused", advice: "Meta does not know the lead that the event names." },
  { code: 100, subcode: 2804043, verdict: "refused", advice: "Meta could not read the event's app data." },
  {
    code: 100,
    subcode: 2804050,
    verdict: "refused",
    advice: "The event has too little customer data for Meta to use it.",
  },
  ...[2804063, 2804066, 2804069, 2804079, 2804087, 2804116, 2804118, 2804132].map(
    (subcode) => ({ code: 100, subcode, verdict: "refused", advice: MESSAGING }) as const,
  ),
  {
    code: 100,
    subcode: [2804000, 2804999],
    verdict: "refused",
    advice: "Meta reports an error in the event's content.",
  },
  { code: 100, verdict: "refused", advice: OUR_REQUEST },
  { code: 105, verdict: "refused", advice: OUR_REQUEST },
] as const satisfies readonly VerdictRow[];

export type StatusRow = { readonly status: CodeRange } & Pick<
  VerdictRow,
  "verdict" | "advice" | "maxAttempts" | "isolate"
>;

/** For answers without a readable error: verdicts by HTTP status. The first match decides. */
export const STATUS_VERDICTS = [
  // Too large for a proxy: half of the request may pass.
  { status: 413, verdict: "refused", advice: "The event is larger than Meta accepts." },
  { status: 429, verdict: "try-later", advice: THROTTLED },
  { status: [500, 599], verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" },
  // Graph gives its results and its reasons as JSON. Any other body with such a status comes from a proxy (403, 407), a
  // firewall or a captive portal (200) and concerns no event, so it counts as an outage.
  { status: [200, 499], verdict: "try-later", advice: BETWEEN },
] as const satisfies readonly StatusRow[];

export const NO_ANSWER = {
  verdict: "try-later",
  advice: "Meta could not be reached. Tandem tries again by itself.",
} as const;

/** Meta's own `is_transient`, for codes without a row and for refusals, which would be final. */
export const TRANSIENT = { verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" } as const;

/** A 200 for fewer events than were sent. Undocumented, and it does not say which are missing, so: a few more tries. */
export const SHORT_COUNT = {
  verdict: "try-later",
  advice: "Meta confirmed fewer events than Tandem sent. Tandem sends them again a few times, with the same event IDs.",
  maxAttempts: 5,
  isolate: "at-once",
} as const;

/**
 * Every answer without a row. Limited, so that an unforeseen answer cannot repeat an event for a week, and bisected
 * like a refusal, so that it affects only the events that cause it.
 */
export const UNKNOWN = {
  verdict: "try-later",
  advice: "Meta gave an answer that Tandem does not recognize yet. Tandem tries again a few times.",
  maxAttempts: 10,
  isolate: "at-once",
} as const;
