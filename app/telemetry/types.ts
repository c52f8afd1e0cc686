import type { RefusedBecause } from "../ledger/collector-refusal-types.ts";
import type { EventId } from "../event-contract/event-id.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import type { Added, AttemptRecord, Decision, NewEvent, Settled, Undecided } from "../outbox/types.ts";

/** When something began and ended. */
export type Took = { readonly from: Date; readonly ms: number };

/**
 * Is told what happened, after it happened. Nothing it does can change an outcome, and nothing it is told may be kept
 * with personal data.
 */
export type Watcher = {
  /** A verified webhook was answered; `eventId` where it is about an event of the ledger. */
  readonly webhook: (
    webhook: VerifiedWebhook,
    outcome: { readonly kind: string; readonly eventId: EventId | null },
    took: Took,
  ) => void;
  readonly webhookRefused: (reason: string) => void;
  readonly quarantined: (problem: PayloadProblem) => void;
  /** A browser's post to the collector; `because` is empty where it was taken. */
  readonly posted: (outcome: "accepted" | "refused", because: RefusedBecause | "") => void;
  /** One statement of a group commit. */
  readonly written: (table: "event" | "receipt", entries: number, tookMs: number) => void;
  /** An event was offered to the ledger; `webhookId` where a webhook brought it. */
  readonly added: (
    event: NewEvent,
    offered: { readonly webhookId: string | null; readonly outcome: Added },
    took: Took,
  ) => void;
  readonly undecided: (events: readonly Undecided[]) => void;
  readonly decided: (decisions: readonly Decision[], took: Took) => void;
  /** One request to Meta, and the id it was recorded with. */
  readonly requested: (attempt: AttemptRecord, id: bigint) => void;
  readonly settled: (settled: readonly Settled[], at: Date) => void;
  /** One answer of the HTTP server. `route` is the pattern, never the address. */
  readonly answered: (answer: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
};
