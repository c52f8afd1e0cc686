import type { AssumedAnswer } from "../dry-run/dry-run.ts";
import type { OrderPreview } from "../dry-run/dry-run-order.ts";
import { CONSENT_RULES, type Wording } from "./wording.ts";

/** What would become of an event. */
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
  "channel-visit": "Online store, through an app that sells",
  pos: "Point of sale",
  draft: "Draft order",
  admin: "Made in the Shopify app",
  renewal: "Subscription renewal",
  channel: "Another sales channel",
  "unknown-source": "Unknown source",
} as const satisfies Record<NonNullable<OrderPreview["kind"]>, string>;

export const ANSWERS = {
  allowed: "Marketing is allowed",
  limited: "Marketing is allowed, the sale of data is not",
  declined: "Marketing is not allowed",
  none: "Nothing: no browser reported the order",
} as const satisfies Record<AssumedAnswer, string>;

/** The rule that decided, in words where it has some; a rule of the merchant's is shown as it is written. */
export function ruleInWords(rule: string): string {
  if (Object.hasOwn(CONSENT_RULES, rule)) {
    // The key was just found among the table's own.
    return CONSENT_RULES[rule as keyof typeof CONSENT_RULES];
  }
  return rule === "purchase-trigger-paid" ? "You chose to count orders when they are paid." : `Your rule for ${rule}.`;
}
