import type { MissingOutcome, MissingBecause } from "../../ledger/types.ts";

/** Why an order was missing, as the end of "1 order …". */
export const MISSING_BECAUSE = {
  "webhook-never-came": "that Shopify never sent to Tandem",
  "payment-webhook-never-came": "whose payment Shopify never sent to Tandem",
  "trigger-webhook-never-came": "whose delivery, fulfillment or tag Shopify never sent to Tandem",
  quarantined: "that Tandem could not read at first",
} as const satisfies Record<MissingBecause, string>;

/** What the comparison did with it, as a sentence. */
export const FOUND_OUTCOMES = {
  added: "Added, and on the way to Meta.",
  advanced: "Added, and on the way to Meta.",
  "already-there": "Arrived in the meantime.",
  "too-old": "Not sent: Meta accepts events for 7 days only.",
  unreadable: "Not sent: Tandem cannot read Shopify’s data.",
  gone: "Not sent: deleted in the shop.",
} as const satisfies Record<MissingOutcome, string>;
