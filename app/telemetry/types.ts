import type { RefusedBecause } from "../ledger/collector-refusal-types.ts";
import type { EventId } from "../event-contract/event-id.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import type { Added, AttemptRecord, Decision, NewEvent, Settled, Undecided } from "../outbox/types.ts";

/** When something began and ended. */
export type Took = { readonly from: Date; readonly ms: number };

/**
 * Receives facts after they have happened. It cannot change an outcome, and its facts hold no personal data.
 */
export type Watcher = {
  /** A verified webhook was answered; with an `eventId` if it is about an event of the ledger. */
  readonly webhook: (
    webhook: VerifiedWebhook,
    outcome: { readonly kind: string; readonly eventId: EventId | null },
    took: Took,
  ) => void;
  readonly webhookRefused: (reason: string) => void;
  readonly quarantined: (problem: PayloadProblem) => void;
  /** A browser's post to the collector; `because` is empty if it was accepted. */
  readonly posted: (outcome: "accepted" | "refused", because: RefusedBecause | "") => void;
  /** One statement of a group commit. */
  readonly written: (table: "event" | "receipt", entries: number, tookMs: number) => void;
  /** An event was added to the ledger, or was there already; with a `webhookId` if it came by webhook. */
  readonly added: (
    event: NewEvent,
    offered: { readonly webhookId: string | null; readonly outcome: Added },
    took: Took,
  ) => void;
  readonly undecided: (events: readonly Undecided[]) => void;
  readonly decided: (decisions: readonly Decision[], took: Took) => void;
  /** One request to Meta, and the ID of its attempt. */
  readonly requested: (attempt: AttemptRecord, id: bigint) => void;
  readonly settled: (settled: readonly Settled[], at: Date) => void;
  /** One response of the HTTP server. `route` is the pattern, never the address. */
  readonly answered: (answer: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
};
