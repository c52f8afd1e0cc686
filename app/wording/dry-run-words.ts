import type { AssumedAnswer } from "../dry-run/dry-run.ts";
import type { OrderDryRun } from "../dry-run/dry-run-order.ts";
import { ENGLISH } from "./english.ts";
import { consentRuleIn, isConsentRule } from "./reasons.ts";
import { stateWordings } from "./state-wording.ts";
import type { Words } from "./words.ts";

type OrderKind = NonNullable<OrderDryRun["kind"]>;

const ORDER_KIND_NAMES = [
  "online",
  "b2b",
  "channel-visit",
  "pos",
  "draft",
  "admin",
  "renewal",
  "channel",
  "unknown-source",
] as const satisfies readonly OrderKind[];
const ANSWER_NAMES = ["allowed", "limited", "declined", "none"] as const satisfies readonly AssumedAnswer[];

export const orderKindIn = (words: Words, kind: OrderKind): string => words.text(`dryRun.kind.${kind}`);

/** What a merchant can assume that the buyer answered. */
export const answersIn = (words: Words): readonly { readonly value: AssumedAnswer; readonly label: string }[] =>
  ANSWER_NAMES.map((value) => ({ value, label: words.text(`dryRun.answer.${value}`) }));

const TRIGGER_RULES = ["purchase-trigger-paid", "purchase-trigger-fulfilled", "purchase-trigger-tagged"] as const;

/** The rule that decided, as a sentence; a merchant's own rule is shown as the merchant wrote it. */
export function ruleIn(words: Words, rule: string): string {
  if (isConsentRule(rule)) return consentRuleIn(words, rule);
  const trigger = TRIGGER_RULES.find((name) => name === rule);
  return trigger === undefined ? words.text("dryRun.rule.own", { rule }) : words.text(`dryRun.rule.${trigger}`);
}

// In English, for the pages that do not take their texts from the catalogue yet.
export const PREVIEW_STATES = stateWordings(ENGLISH, "preview");
export const ORDER_KINDS = Object.fromEntries(
  ORDER_KIND_NAMES.map((kind) => [kind, orderKindIn(ENGLISH, kind)]),
) as Readonly<Record<OrderKind, string>>;
export const ANSWERS = Object.fromEntries(answersIn(ENGLISH).map(({ value, label }) => [value, label])) as Readonly<
  Record<AssumedAnswer, string>
>;
export const ruleInWords = (rule: string): string => ruleIn(ENGLISH, rule);
