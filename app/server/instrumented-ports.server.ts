import type { RefusedBecause } from "../ledger/collector-refusal-types.ts";
import type { WebhookPorts } from "./http/webhooks.server.ts";
import type { VerifiedWebhook } from "../shopify/types.ts";
import type { EventStore } from "../outbox/event-store.server.ts";
import type { Quarantine } from "../ledger/quarantine.server.ts";
import type { Took, Watcher } from "../telemetry/types.ts";
import type { AcceptedAppWebhook } from "../pipeline/accept-app-webhook.ts";
import type { AcceptedBrowserEvent } from "../pipeline/accept-browser-event.ts";
import type { AcceptedOrder } from "../pipeline/accept-order.ts";

// The pipeline's ports with a watcher. An instrumented port returns the same results and calls the watcher afterwards,
// but not after an error, which has no outcome.

/** The wall clock gives the start, the monotonic clock the duration. */
function stopwatch(): () => Took {
  const from = new Date();
  const start = performance.now();
  return () => ({ from, ms: performance.now() - start });
}

export function instrumentedEvents(events: EventStore, watcher: Watcher | null): EventStore {
  if (watcher === null) return events;
  return {
    ...events,
    add: async (event, webhook, also) => {
      const took = stopwatch();
      const answer = await events.add(event, webhook, also);
      watcher.added(event, { webhookId: webhook?.webhookId ?? null, outcome: answer.outcome }, took());
      return answer;
    },
    addPosted: async (posted) => {
      const took = stopwatch();
      const answer = await events.addPosted(posted);
      const taken = took();
      for (const [n, { outcome, isDecided }] of answer.added.entries()) {
        const { event, decision } = posted[n] ?? {};
        if (event) watcher.added(event, { webhookId: null, outcome }, taken);
        if (isDecided && decision) watcher.decided([decision], taken);
      }
      return answer;
    },
    takeUndecided: async (...which) => {
      const undecided = await events.takeUndecided(...which);
      watcher.undecided(undecided);
      return undecided;
    },
    decide: async (decisions, now) => {
      const took = stopwatch();
      await events.decide(decisions, now);
      watcher.decided(decisions, took());
    },
    recordAttempt: async (attempt) => {
      const id = await events.recordAttempt(attempt);
      watcher.requested(attempt, id);
      return id;
    },
    settle: async (settled, now) => {
      const counted = await events.settle(settled, now);
      watcher.settled(settled, new Date());
      return counted;
    },
  };
}

export const instrumentedQuarantine = (quarantine: Quarantine, watcher: Watcher | null): Quarantine =>
  watcher === null
    ? quarantine
    : {
        ...quarantine,
        keep: async (webhook, problem) => {
          const kept = await quarantine.keep(webhook, problem);
          if (kept === "kept") watcher.quarantined(problem);
          return kept;
        },
      };

export function instrumentedWebhooks(ports: WebhookPorts, watcher: Watcher | null): WebhookPorts {
  if (watcher === null) return ports;
  const instrumented =
    <Accepted extends AcceptedOrder | AcceptedAppWebhook>(accept: (webhook: VerifiedWebhook) => Promise<Accepted>) =>
    async (webhook: VerifiedWebhook): Promise<Accepted> => {
      const took = stopwatch();
      const accepted = await accept(webhook);
      const eventId = "eventId" in accepted ? accepted.eventId : null;
      watcher.webhook(webhook, { kind: accepted.kind, eventId }, took());
      return accepted;
    };
  return {
    verify: async (headers, rawBody) => {
      const verification = await ports.verify(headers, rawBody);
      if (verification.kind !== "verified") watcher.webhookRefused(verification.kind);
      return verification;
    },
    acceptOrder: instrumented(ports.acceptOrder),
    acceptAppWebhook: instrumented(ports.acceptAppWebhook),
  };
}

type Collect<Posted> = (posted: Posted) => Promise<readonly AcceptedBrowserEvent[]>;

/** Reports each accepted event. `instrumentedRefusals` reports refused ones, including those refused before this point. */
export const instrumentedCollect = <Posted>(collect: Collect<Posted>, watcher: Watcher | null): Collect<Posted> =>
  watcher === null
    ? collect
    : async (posted) => {
        const accepted = await collect(posted);
        for (const { kind } of accepted) if (kind === "accepted") watcher.posted("accepted", "");
        return accepted;
      };

type NoteRefusal = (ingestKey: string, because: RefusedBecause) => void;

export const instrumentedRefusals = (note: NoteRefusal, watcher: Watcher | null): NoteRefusal =>
  watcher === null
    ? note
    : (ingestKey, because) => {
        note(ingestKey, because);
        watcher.posted("refused", because);
      };
