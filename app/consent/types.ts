import type { ConsentSignal } from "../event-contract/consent-signal.ts";

/** Named rules; each is a row of docs/glossary.md. */
export type ConsentRule =
  | "browser-granted"
  | "browser-declined"
  | "not-required-in-region"
  | "required-and-unknown"
  | "no-answer-withheld"
  | "region-unknown"
  | "sale-opt-out"
  | "customer-opted-out"
  | "opt-out-unknown";

/**
 * What holds where no browser reported an answer: the region's rule alone (`as-policy`), or besides it the merchant's
 * word to withhold `everywhere` or in these regions, `DE` or `US-CA`.
 */
export type NoAnswerRule = "as-policy" | "everywhere" | readonly string[];

/** What one region asks for; null where the shop's privacy settings say nothing of it. */
export type RegionPolicy = { readonly consentRequired: boolean | null; readonly saleOptOut: boolean | null };

/** The shop's own privacy settings as Shopify told them, by `DE` or `US-CA`. */
export type ConsentPolicy = {
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly regions: Readonly<Record<string, RegionPolicy>>;
};

/** Whose rule of the region decided: the shop's, read at that time (epoch ms), or the default table's. */
export type PolicyUsed = { readonly source: "shop"; readonly readAt: number } | { readonly source: "default" };

/** Kept with the event: what was decided, by which rule, from which signal, for which region, by whose policy. */
export type ConsentReceipt = {
  readonly decision: "send" | "send-limited" | "withhold";
  readonly rule: ConsentRule;
  readonly region: string | null;
  readonly signal: ConsentSignal | null;
  /** Null where no policy was asked, because the browser had spoken or the region is unknown. */
  readonly policy: PolicyUsed | null;
  /** Epoch milliseconds of the server's clock. */
  readonly decidedAt: number;
};
