import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { Campaign, LeadKind, LeadName, StageOutcome, StageSource } from "./types.ts";

/** Which leads a list means; absent: all. */
export type LeadConditions = {
  /** The first moment of the leads' own times. */
  readonly from?: Date | undefined;
  /** Leads that have reached this stage. */
  readonly stage?: string | undefined;
  /** `instant-form`, or the action of a form. */
  readonly origin?: string | undefined;
  /** Leads with a report that had this outcome. */
  readonly reason?: StageOutcome | undefined;
  /** A reference, an event's ID, or Meta's ID of a lead: exactly. */
  readonly search?: string | undefined;
};

export type LeadQuery = LeadConditions & { readonly cursor?: string | undefined; readonly limit: number };

export type LeadRow = {
  readonly leadId: string;
  readonly kind: LeadKind;
  readonly action: string;
  readonly happenedAt: Date;
  readonly externalId: string | null;
  /** Whether the person agreed to marketing; null: nobody said. */
  readonly agreed: boolean | null;
  /** The key of the stage where the lead is; null: it has reached none. */
  readonly stage: string | null;
  /** The outcome of the last report that changed nothing. */
  readonly problem: StageOutcome | null;
};

export type LeadPage = { readonly rows: readonly LeadRow[]; readonly nextCursor: string | null };

export type StageCount = {
  readonly stage: string;
  readonly leads: number;
  /** From the lead's own time until the stage's. */
  readonly medianSeconds: number;
};

/** How many leads there are, and how many of them have reached each stage. */
export type LeadCounts = { readonly leads: number; readonly stages: readonly StageCount[] };

/** A report that changed nothing, with the reason. Addresses and numbers are hashes, and left out. */
export type RefusedReport = {
  readonly id: string;
  readonly leadId: string | null;
  readonly namedBy: LeadName["by"];
  readonly named: string | null;
  readonly stage: string;
  readonly happenedAt: Date;
  readonly receivedAt: Date;
  readonly source: StageSource;
  readonly outcome: StageOutcome;
};

export type RefusedPage = { readonly rows: readonly RefusedReport[]; readonly nextCursor: string | null };

/** A report about one lead. */
export type LeadReport = Omit<RefusedReport, "leadId"> & {
  readonly eventId: string | null;
  readonly orderId: string | null;
  /** As the merchant sees it: `#1032`. */
  readonly orderName: string | null;
};

/** A lead as its page shows it: which identifiers it has, not what they are. */
export type LeadFacts = {
  readonly leadId: string;
  readonly kind: LeadKind;
  readonly action: string;
  readonly sentAs: string;
  readonly happenedAt: Date;
  readonly externalId: string | null;
  readonly signal: ConsentSignal | null;
  readonly identifiers: readonly string[];
  readonly page: string | null;
  readonly campaign: Campaign | null;
  readonly stage: string | null;
  readonly isDisqualified: boolean;
  /** Oldest first. */
  readonly reports: readonly LeadReport[];
};

/** What changed nothing is worth a look, except a repetition. */
export const NOT_REFUSED = ["accepted", "duplicate", "reopened", "disqualified-again"] as const;
