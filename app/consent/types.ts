import type { ConsentRule } from "../event-contract/reason.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";

/**
 * The rule for events without a browser's report: the region's rule alone (`as-policy`), or in addition the merchant's
 * choice to withhold `everywhere` or in these regions, such as `DE` or `US-CA`.
 */
export type NoAnswerRule = "as-policy" | "everywhere" | readonly string[];

/** What one region requires; null where the shop's privacy settings do not cover it. */
export type RegionPolicy = { readonly consentRequired: boolean | null; readonly saleOptOut: boolean | null };

/** The shop's own privacy settings, by region such as `DE` or `US-CA`. */
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
  /** Null where no policy was needed, because a browser had reported or the region is unknown. */
  readonly policy: PolicyUsed | null;
  /** Epoch milliseconds of the server's clock. */
  readonly decidedAt: number;
};
