import type { AssumedAnswer } from "../dry-run/dry-run.ts";
import type { OrderDryRun } from "../dry-run/dry-run-order.ts";
import { consentRuleIn, isConsentRule } from "./reasons.ts";
import type { Words } from "./words.ts";

type OrderKind = NonNullable<OrderDryRun["kind"]>;

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
