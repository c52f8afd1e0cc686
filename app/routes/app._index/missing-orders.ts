import type { FoundOutcome, MissingBecause } from "../../ledger/types.ts";

/** Why an order was missing, as the end of "1 order …". */
export const MISSING_BECAUSE = {
  "webhook-never-came": "of which Shopify never told Tandem",
  "payment-webhook-never-came": "whose payment Shopify never told of",
  quarantined: "that Shopify described in a way Tandem could not read at first",
} as const satisfies Record<MissingBecause, string>;

/** What became of it, as a sentence. */
export const FOUND_OUTCOMES = {
  added: "Found, and on the way to Meta.",
  advanced: "Found, and on the way to Meta.",
  "already-there": "Arrived meanwhile.",
  "too-old": "Not sent: Meta takes events for 7 days.",
  unreadable: "Not sent: Tandem cannot read them.",
  gone: "Not sent: deleted in the shop.",
} as const satisfies Record<FoundOutcome, string>;
