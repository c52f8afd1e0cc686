import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { ConsentRule } from "../event-contract/reason.ts";
import type { Origin } from "../outbox/types.ts";
import { consentRule } from "./region-policy.ts";
import { withholdsUnanswered } from "./no-answer.ts";
import type { ConsentPolicy, ConsentReceipt, NoAnswerRule, PolicyUsed } from "./types.ts";

/** Whether the customer's record says that their data must not be sold; `unknown` if Shopify did not answer. */
export type CustomerOptOut = boolean | "unknown";

export type ConsentQuestion = {
  readonly signal: ConsentSignal | null;
  readonly region: string | null;
  /** Events from a webhook, a browser or a comparison are decided alike; a test Purchase is nobody's. */
  readonly origin: Origin;
  /** Null until the shop's own policy has been read; the default table applies until then. */
  readonly policy: ConsentPolicy | null;
  /** The merchant's own rule, for regions where the policy would allow an event. */
  readonly noAnswer: NoAnswerRule;
  readonly optedOut: CustomerOptOut;
  readonly now: Date;
};

/**
 * Whether an event may be sent. Only the visitor's browser can grant consent (never `buyer_accepts_marketing`, which is
 * about messages). Without a browser's report the region's rule decides; an unknown region withholds.
 */
export function decideConsent({
  signal,
  region,
  origin,
  policy,
  noAnswer,
  optedOut,
  now,
}: ConsentQuestion): ConsentReceipt {
  const [allowed, rule, used] =
    origin === "test" ? NOBODY : rulingOn(signal, () => withoutSignal(region, policy, noAnswer));
  const limit = allowed === "send" ? LIMITED_BY[String(optedOut)] : undefined;
  return {
    decision: limit === undefined ? allowed : "send-limited",
    rule: limit ?? rule,
    region,
    signal,
    policy: used,
    decidedAt: now.getTime(),
  };
}

// In doubt the use of the data is limited: the event is still counted.
const LIMITED_BY: Readonly<Record<string, ConsentRule>> = { true: "customer-opted-out", unknown: "opt-out-unknown" };

// Somebody of the shop sent it about themselves, and knew.
const NOBODY: Ruling = ["send", "no-shopper", null];

type Ruling = readonly [ConsentReceipt["decision"], ConsentRule, PolicyUsed | null];

const rulingOn = (signal: ConsentSignal | null, otherwise: () => Ruling): Ruling =>
  signal === null ? otherwise() : fromSignal(signal);

function fromSignal({ marketing, saleOfData }: ConsentSignal): Ruling {
  if (!marketing) return ["withhold", "browser-declined", null];
  return saleOfData ? ["send", "browser-granted", null] : ["send-limited", "sale-opt-out", null];
}

function withoutSignal(region: string | null, policy: ConsentPolicy | null, noAnswer: NoAnswerRule): Ruling {
  if (region === null) return ["withhold", "region-unknown", null];
  const [isRequired, used] = consentRule(region, policy);
  if (isRequired) return ["withhold", "required-and-unknown", used];
  if (withholdsUnanswered(noAnswer, region)) return ["withhold", "no-answer-withheld", used];
  return ["send", "not-required-in-region", used];
}

/**
 * Which of two signals of one browser counts: the later one, or the stricter of two at the same moment. The cart
 * carries the first, the completed checkout the second; either may be missing.
 */
export function latestSignal(one: ConsentSignal | null, other: ConsentSignal | null): ConsentSignal | null {
  if (one === null || other === null) return one ?? other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return stricterSignal(one, other);
}

/** What both signals allow, for two that may not be one browser's. */
export const stricterSignal = (one: ConsentSignal, other: ConsentSignal): ConsentSignal => ({
  marketing: one.marketing && other.marketing,
  saleOfData: one.saleOfData && other.saleOfData,
  at: Math.max(one.at, other.at),
});

/**
 * The event as the decision allows it: after a sale opt-out with Meta's Limited Data Use, where country 0 and state 0
 * let Meta locate the person by IP address. Otherwise the event is unchanged.
 */
export const applyConsent = (body: MetaEvent, { decision }: Pick<ConsentReceipt, "decision">): MetaEvent =>
  decision === "send-limited"
    ? {
        ...body,
        data_processing_options: ["LDU"],
        data_processing_options_country: 0,
        data_processing_options_state: 0,
      }
    : body;
