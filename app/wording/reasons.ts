import type { ConsentRule, Reason } from "../event-contract/reason.ts";
import type { ActionSource } from "../event-contract/meta-event.ts";
import { adviceIn } from "./advice.ts";
import type { TextKey } from "./catalogue.ts";
import { advice } from "./en/advice.ts";
import type { Words } from "./words.ts";

// Of an expired event, with what delayed it (app/pipeline/settlement.ts).
const EXPIRED = `${advice.expired} `;

/** What earlier versions stored in English for a pixel that somebody had paused. */
const EARLIER: ReadonlyMap<string, Reason> = new Map([
  ["paused in the settings", "paused"],
  ["paused on the command line", "paused"],
]);

/**
 * A reason as a sentence. Delivery already stores Meta's problem as sentences in English; an expired event's reason is
 * followed by what delayed it, which is such sentences or a code. A code that is missing from the
 * catalogue is shown as a code, because hiding it would hide the reason. `source`: where the event happened; without it,
 * as for a count of many events, the sentence is true wherever they happened.
 */
export function reasonIn(words: Words, stored: string, source?: ActionSource): string {
  if (!stored.startsWith(EXPIRED)) return oneReasonIn(words, EARLIER.get(stored) ?? stored, source);
  return `${adviceIn(words, EXPIRED.trim())} ${reasonIn(words, stored.slice(EXPIRED.length))}`;
}

function oneReasonIn(words: Words, reason: string, source: ActionSource | undefined): string {
  if (source === undefined) {
    const key = `elsewhere.anywhere.${reason}`;
    if (isAnywhere(words, key)) return words.text(key);
    // A stored source may be one that no version of the app writes.
  } else if (source !== "website" && hasRule(reason) && words.isKey(`elsewhere.${source}`)) {
    return withoutBrowser(words, reason, source);
  }
  if (reason.includes(" ")) return adviceIn(words, reason);
  return isReason(words, reason) ? words.text(`reasons.${reason}`) : words.text("reasons.unknown", { code: reason });
}

type ElsewhereReason =
  "consent-required-and-unknown" | "consent-no-answer-withheld" | "consent-region-unknown" | "no-customer-data";

const ELSEWHERE: ReadonlySet<string> = new Set<ElsewhereReason>([
  "consent-required-and-unknown",
  "consent-no-answer-withheld",
  "consent-region-unknown",
  "no-customer-data",
]);

type AnywhereKey = Extract<TextKey, `elsewhere.anywhere.${string}`>;

const isAnywhere = (words: Words, key: string): key is AnywhereKey => words.isKey(key);

const hasRule = (reason: string): reason is ElsewhereReason => ELSEWHERE.has(reason);

/** What happened at a till, by a renewal or through staff had no cookie banner that somebody could have ignored. */
const withoutBrowser = (words: Words, reason: ElsewhereReason, source: Exclude<ActionSource, "website">): string => {
  const rule = words.text(`elsewhere.${reason}`);
  return reason === "no-customer-data" ? rule : `${words.text(`elsewhere.${source}`)} ${rule}`;
};

// Every key of the topic is a reason, but for the sentence about a code that has no key.
const isReason = (words: Words, code: string): code is Reason => code !== "unknown" && words.isKey(`reasons.${code}`);

/** The rule of consent that decided, as a sentence. */
export const consentRuleIn = (words: Words, rule: ConsentRule): string => words.text(`reasons.consent-${rule}`);

const CONSENT_RULES = {
  "browser-granted": true,
  "browser-declined": true,
  "not-required-in-region": true,
  "required-and-unknown": true,
  "no-answer-withheld": true,
  "region-unknown": true,
  "sale-opt-out": true,
  "customer-opted-out": true,
  "opt-out-unknown": true,
  "no-shopper": true,
} as const satisfies Record<ConsentRule, true>;

export const isConsentRule = (text: string): text is ConsentRule => Object.hasOwn(CONSENT_RULES, text);
// Object.keys forgets the names.
export const CONSENT_RULE_NAMES = Object.keys(CONSENT_RULES) as readonly ConsentRule[];
