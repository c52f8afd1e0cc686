import type { Verdict } from "../../app/meta/types.ts";

/** One answer as it comes over the wire, and what it means for a request of `sent` events. */
export type RecordedAnswer = {
  readonly title: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body: object | string;
  readonly sent?: number;
  readonly verdict: Verdict["kind"];
  /** Words of the merchant's advice. */
  readonly advice?: RegExp;
  readonly expected?: object;
};

const error = (code: number, rest: object = {}): object => ({
  error: { message: "…", type: "OAuthException", code, fbtrace_id: "AxYz", ...rest },
});
const invalid = (error_subcode: number, rest: object = {}): object =>
  error(100, {
    error_subcode,
    is_transient: false,
    error_user_title: "Ugyldig parameter",
    error_user_msg: "…",
    ...rest,
  });

/**
 * Shapes, codes and statuses of Graph's answers as others recorded them in public (v25.0 and v26.0, until 2026-09), in
 * several languages and with statuses that contradict their codes. Texts and trace ids are made up.
 */
export const RECORDED_ANSWERS: readonly RecordedAnswer[] = [
  { title: "one event", status: 200, body: { events_received: 1, messages: [], fbtrace_id: "A" }, verdict: "accepted" },
  {
    title: "warnings beside a success",
    status: 200,
    body: { events_received: 2, messages: ["…", { text: "…" }], fbtrace_id: "A" },
    sent: 2,
    verdict: "accepted",
  },
  {
    title: "fewer events than were sent",
    status: 200,
    body: { events_received: 4, messages: [], fbtrace_id: "A" },
    sent: 5,
    verdict: "try-later",
    expected: { maxAttempts: 5, isolate: "at-once" },
  },
  {
    title: "an error under status 200",
    status: 200,
    body: error(190),
    verdict: "blocked",
    advice: /Generate access token/,
  },
  { title: "a token that cannot be parsed", status: 401, body: error(190), verdict: "blocked" },
  {
    title: "an expired token under status 500",
    status: 500,
    body: error(190, { error_subcode: 463 }),
    verdict: "blocked",
  },
  {
    title: "a withdrawn token",
    status: 400,
    body: error(190, { error_subcode: 467 }),
    verdict: "blocked",
    advice: /withdrawn/,
  },
  {
    title: "a person who must pass a check at Facebook",
    status: 400,
    body: error(190, { error_subcode: 459 }),
    verdict: "blocked",
    advice: /log in to Facebook and pass a check/,
  },
  {
    title: "a person who has not confirmed their account",
    status: 400,
    body: error(190, { error_subcode: 464 }),
    verdict: "blocked",
    advice: /not confirmed their account/,
  },
  { title: "no permission, under status 500", status: 500, body: error(3), verdict: "blocked" },
  {
    title: "a missing permission to advertise",
    status: 403,
    body: error(294),
    verdict: "blocked",
    advice: /advertisements/,
  },
  { title: "a pixel that the token does not open", status: 400, body: invalid(33), verdict: "blocked" },
  {
    title: "a limit, under status 500",
    status: 500,
    body: error(17, { error_subcode: 2446079 }),
    verdict: "try-later",
  },
  {
    title: "a limit with minutes to wait",
    status: 400,
    headers: {
      "x-business-use-case-usage": JSON.stringify({
        "1": [{ type: "ads_management", call_count: 100, estimated_time_to_regain_access: 3 }],
      }),
    },
    body: error(80004, { is_transient: true }),
    verdict: "try-later",
    expected: { notBeforeMs: 180_000 },
  },
  {
    title: "a limit against abuse",
    status: 400,
    body: error(613),
    verdict: "try-later",
    expected: { notBeforeMs: 3_600_000 },
  },
  { title: "an account under review", status: 400, body: error(368), verdict: "try-later", advice: /Account Quality/ },
  { title: "an event eight days old", status: 400, body: invalid(2804003), verdict: "refused", advice: /7 days/ },
  {
    title: "the field at fault in an object",
    status: 400,
    body: invalid(2804023, { error_data: { blame_field_specs: [["custom_data", "currency"]] } }),
    verdict: "refused",
    advice: /Meta names custom_data\.currency\./,
  },
  {
    title: "the field at fault in a text",
    status: 400,
    body: invalid(2804023, { error_data: '{"blame_field_specs":[["custom_data","currency"]]}' }),
    verdict: "refused",
    advice: /Meta names custom_data\.currency\./,
  },
  {
    title: "error data that is neither",
    status: 400,
    body: invalid(2804008, { error_data: "quelque chose" }),
    verdict: "refused",
    advice: /^An item of the event has no catalog ID\.$/,
  },
  {
    title: "a field's name that is no name",
    status: 400,
    body: invalid(2804008, { error_data: { blame_field_specs: [["jane@example.com wrote"]] } }),
    verdict: "refused",
    advice: /^An item of the event has no catalog ID\.$/,
  },
  {
    title: "too little about the customer",
    status: 400,
    body: invalid(2804050),
    verdict: "refused",
    advice: /customer/,
  },
  { title: "a subcode known as permanent only", status: 400, body: invalid(2804017), verdict: "refused" },
  {
    title: "a message thread without its page",
    status: 400,
    body: invalid(2804116),
    verdict: "refused",
    advice: /message thread/,
  },
  {
    title: "a refusal that Meta calls transient",
    status: 400,
    body: invalid(2804050, { is_transient: true }),
    verdict: "try-later",
  },
  { title: "Meta is down for a moment", status: 500, body: error(2, { is_transient: true }), verdict: "try-later" },
  { title: "a page in HTML with status 200", status: 200, body: "<!DOCTYPE html><html></html>", verdict: "try-later" },
  { title: "a page in HTML with status 502", status: 502, body: "<html>Bad Gateway</html>", verdict: "try-later" },
  {
    title: "a request that is too large on the way",
    status: 413,
    body: "<html></html>",
    sent: 500,
    verdict: "refused",
  },
  { title: "nothing at all", status: 503, body: "", verdict: "try-later" },
  { title: "JSON that breaks off", status: 200, body: '{"events_received":1,"mess', verdict: "try-later" },
  {
    title: "a code that no document names",
    status: 400,
    body: error(424_242),
    verdict: "try-later",
    expected: { maxAttempts: 10, isolate: "at-once" },
  },
];
