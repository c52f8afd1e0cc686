import type { Isolation, Verdict } from "./types.ts";

/** One number, or every number from the first to the second. */
export type CodeRange = number | readonly [from: number, to: number];

export type VerdictRow = {
  readonly code: CodeRange;
  /** Absent: whatever the subcode. */
  readonly subcode?: CodeRange;
  readonly verdict: Exclude<Verdict["kind"], "accepted">;
  /** For the merchant: what happened, and what to do where there is something to do. */
  readonly advice: string;
  /** `try-later` only: Meta asks for a pause that its headers do not always state. */
  readonly waitMinutes?: number;
  /** `try-later` only: how often an event is tried before it is given up, where the horizon alone is too patient. */
  readonly maxAttempts?: number;
  /** `try-later` only: whether one of the request's events may be the cause. */
  readonly isolate?: Isolation;
};

const RECONNECT =
  "Make a new one in Events Manager (Data sources, your pixel, Settings, Conversions API, Generate access token) and save it in the settings. Events are kept and sent then, up to 7 days after they happened.";
const THROTTLED = "Meta is limiting how many requests it takes. Sending goes on by itself when the limit is over.";
const RECOVERING = "Meta is having trouble. Sending is tried again by itself.";
const MESSAGING = "Meta took the event for one of a message thread, and found no page or account that it belongs to.";
const OUR_REQUEST = "Meta could not read the request. This is a fault of the app, not of your settings.";

/**
 * What each of Graph's error codes means for an event. The first row that matches decides, so a subcode's row stands
 * above its code's. Sources: Graph API error handling, Marketing API rate limiting and Conversions API pages of
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
      "Meta has blocked this account for a while because of its policies. Look at Account Quality in Meta Business Suite.",
    waitMinutes: 60,
  },

  { code: 102, verdict: "blocked", advice: `The access token is no longer valid. ${RECONNECT}` },
  { code: 104, verdict: "blocked", advice: `Meta got no access token that it could check. ${RECONNECT}` },
  {
    code: 190,
    subcode: 458,
    verdict: "blocked",
    advice: `The app that made the access token was removed. ${RECONNECT}`,
  },
  {
    code: 190,
    subcode: 459,
    verdict: "blocked",
    advice: `The person behind the access token must log in to Facebook and pass a check first. ${RECONNECT}`,
  },
  {
    code: 190,
    subcode: 460,
    verdict: "blocked",
    advice: `The access token ended with a changed password. ${RECONNECT}`,
  },
  { code: 190, subcode: 463, verdict: "blocked", advice: `The access token has expired. ${RECONNECT}` },
  {
    code: 190,
    subcode: 464,
    verdict: "blocked",
    advice: `The person behind the access token is not confirmed. ${RECONNECT}`,
  },
  { code: 190, subcode: 467, verdict: "blocked", advice: `The access token was withdrawn. ${RECONNECT}` },
  { code: 190, verdict: "blocked", advice: `The access token is no longer valid. ${RECONNECT}` },
  {
    code: 100,
    subcode: 33,
    verdict: "blocked",
    advice: `There is no pixel with this id, or the access token does not belong to it. Compare the id with the one in Events Manager. ${RECONNECT}`,
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
      "Meta no longer offers the Graph API version that the app uses. Whoever runs the app must set a newer META_GRAPH_VERSION.",
  },
  {
    // No event can be at fault for a wrong address, and refusing them one by one would lose them all.
    code: 2500,
    verdict: "blocked",
    advice:
      "Meta does not know the address the app sends to. Whoever runs the app must check META_GRAPH_URL and META_GRAPH_VERSION.",
  },

  {
    code: 100,
    subcode: 2804003,
    verdict: "refused",
    advice: "Older than Meta accepts (7 days, 62 for sales in a shop).",
  },
  {
    code: 100,
    subcode: 2804004,
    verdict: "refused",
    advice: "Meta says the event lies in the future. Check the server's clock.",
  },
  { code: 100, subcode: 2804008, verdict: "refused", advice: "An item of the event has no catalogue id." },
  { code: 100, subcode: 2804009, verdict: "refused", advice: "The purchase has no value." },
  { code: 100, subcode: 2804023, verdict: "refused", advice: "The event has a value without a currency." },
  { code: 100, subcode: 2804036, verdict: "refused", advice: "Meta does not know the lead that the event names." },
  { code: 100, subcode: 2804043, verdict: "refused", advice: "Meta could not read the event's description of an app." },
  {
    code: 100,
    subcode: 2804050,
    verdict: "refused",
    advice: "The event says too little about the customer for Meta to use it.",
  },
  ...[2804063, 2804066, 2804069, 2804079, 2804087, 2804116, 2804118, 2804132].map(
    (subcode) => ({ code: 100, subcode, verdict: "refused", advice: MESSAGING }) as const,
  ),
  {
    code: 100,
    subcode: [2804000, 2804999],
    verdict: "refused",
    advice: "Meta found a mistake in the event's content.",
  },
  { code: 100, verdict: "refused", advice: OUR_REQUEST },
  { code: 105, verdict: "refused", advice: OUR_REQUEST },
] as const satisfies readonly VerdictRow[];

export type StatusRow = { readonly status: CodeRange } & Pick<
  VerdictRow,
  "verdict" | "advice" | "maxAttempts" | "isolate"
>;

/** For answers without a readable error: what the HTTP status alone can say. First match decides. */
export const STATUS_VERDICTS = [
  // A request too large for something on the way: half of it may pass.
  { status: 413, verdict: "refused", advice: "The event is larger than Meta accepts." },
  { status: 429, verdict: "try-later", advice: THROTTLED },
  { status: [500, 599], verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" },
] as const satisfies readonly StatusRow[];

export const NO_ANSWER = {
  verdict: "try-later",
  advice: "Meta could not be reached. Sending is tried again by itself.",
} as const;

/** Meta's own `is_transient`, for codes without a row and for refusals, which could not be taken back. */
export const TRANSIENT = { verdict: "try-later", advice: RECOVERING, isolate: "after-a-while" } as const;

/** A 200 for fewer events than were sent. Not documented, and it does not say which are missing: a few more tries. */
export const SHORT_COUNT = {
  verdict: "try-later",
  advice: "Meta confirmed fewer events than it was sent. They are sent again a few times under the same ids.",
  maxAttempts: 5,
  isolate: "at-once",
} as const;

/**
 * Whatever no row names. Bounded, so that an answer nobody foresaw cannot keep an event circling for a week, and halved
 * like a refusal, so that it costs the events that cause it and no others.
 */
export const UNKNOWN = {
  verdict: "try-later",
  advice: "Meta gave an answer that the app does not know yet. Sending is tried again a few times.",
  maxAttempts: 10,
  isolate: "at-once",
} as const;
