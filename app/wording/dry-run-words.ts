import type { AssumedAnswer } from "../dry-run/dry-run.ts";
import type { OrderDryRun } from "../dry-run/dry-run-order.ts";
import { CONSENT_RULES, type Wording } from "./wording.ts";

/** What Tandem would do with an event. */
export const PREVIEW_STATES = {
  send: { label: "Would be sent", meaning: "Tandem would send this event.", tone: "success" },
  wait: {
    label: "Would wait",
    meaning: "Tandem would keep this event until Shopify reports the payment, and then send it.",
    tone: "info",
  },
  withheld: {
    label: "Would be withheld",
    meaning: "Tandem would not send this event, for the reason shown.",
    tone: "attention",
  },
  refused: {
    label: "Would be refused",
    meaning: "Meta would not accept this event, so Tandem would not send it.",
    tone: "critical",
  },
} as const satisfies Record<"send" | "wait" | "withheld" | "refused", Wording>;

export const ORDER_KINDS = {
  online: "Online store",
  b2b: "Online store, business customer",
  "channel-visit": "Online store, through a sales channel app",
  pos: "Point of sale",
  draft: "Draft order",
  admin: "Created in the Shopify app",
  renewal: "Subscription renewal",
  channel: "Another sales channel",
  "unknown-source": "Unknown source",
} as const satisfies Record<NonNullable<OrderDryRun["kind"]>, string>;

export const ANSWERS = {
  allowed: "Marketing is allowed",
  limited: "Marketing is allowed, the sale of data is not",
  declined: "Marketing is not allowed",
  none: "No answer: no browser reported the order",
} as const satisfies Record<AssumedAnswer, string>;

const TRIGGER_RULES: Readonly<Record<string, string>> = {
  "purchase-trigger-paid": "You chose to count orders when they are paid.",
  "purchase-trigger-fulfilled":
    "You chose to count orders when they are delivered, or fulfilled where no carrier reports.",
  "purchase-trigger-tagged": "You chose to count orders when they get your tag.",
};

/** The rule that decided, as a sentence; a merchant's own rule is shown as the merchant wrote it. */
export function ruleInWords(rule: string): string {
  if (Object.hasOwn(CONSENT_RULES, rule)) {
    // The condition proves that the key is one of the table's.
    return CONSENT_RULES[rule as keyof typeof CONSENT_RULES];
  }
  return (Object.hasOwn(TRIGGER_RULES, rule) && TRIGGER_RULES[rule]) || `Your rule for ${rule}.`;
}
