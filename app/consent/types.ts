import type { ConsentSignal } from "../event-contract/consent-signal.ts";

/** Named rules; each is a row of docs/glossary.md. */
export type ConsentRule =
  | "browser-granted"
  | "browser-declined"
  | "not-required-in-region"
  | "required-and-unknown"
  | "region-unknown"
  | "sale-opt-out";

/** Kept with the event: what was decided, by which rule, from which signal, for which region. */
export type ConsentReceipt = {
  readonly decision: "send" | "send-limited" | "withhold";
  readonly rule: ConsentRule;
  readonly region: string | null;
  readonly signal: ConsentSignal | null;
  /** Epoch milliseconds of the server's clock. */
  readonly decidedAt: number;
};
