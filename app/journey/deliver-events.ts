import { deliverBatch } from "../delivery/deliver-batch.ts";
import type { GraphAnswer } from "../delivery/graph-answer.ts";
import { nextAttemptAt, sendableUntil } from "../delivery/retry-schedule.ts";
import type { Verdict } from "../delivery/types.ts";
import { verdictOf } from "../delivery/verdict.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { Log } from "../logger.server.ts";
import type { AttemptRecord, Claim, Settled, Settlement } from "../outbox/types.ts";
import type { Destination, DestinationId, ShopProfile } from "../settings/types.ts";

type SendRequest = {
  readonly pixelId: string;
  readonly token: string;
  readonly events: readonly MetaEvent[];
  readonly testEventCode: string | null;
};

export type DeliverDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly tokenOf: (shop: ShopDomain, destinationId: DestinationId) => Promise<string | null>;
  readonly claim: (
    destinationId: DestinationId,
    options: { limit: number; claimedBy: string; until: Date; now: Date },
  ) => Promise<readonly Claim[]>;
  readonly send: (request: SendRequest) => Promise<GraphAnswer>;
  readonly recordAttempt: (attempt: AttemptRecord) => Promise<bigint>;
  readonly settle: (settled: readonly Settled[], now: Date) => Promise<{ settled: number; lost: number }>;
  /** Stops the pixel and holds its events until the merchant mends what `advice` names. */
  readonly block: (destination: Destination, advice: string) => Promise<void>;
  /** A name for this round's claims that no other round has. */
  readonly newClaimant: () => string;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly jitter: () => number;
  readonly log: Log;
};

/** Graph's own limit for one request (developers.facebook.com, Conversions API, using the API; 2026-09). */
const MAX_EVENTS_PER_REQUEST = 1_000;
// Longer than a whole bisection takes with Meta at its slowest answers, so that a living worker keeps its claims.
const CLAIM_MS = 120_000;

/**
 * Drains one pixel: claims its due events, oldest first, sends them together, and writes what Meta said of each. Ends
 * when nothing is due, when Meta wants us to come back later, or when the pixel became blocked.
 */
export async function deliverEvents(shop: ShopDomain, destinationId: DestinationId, deps: DeliverDeps): Promise<void> {
  for (;;) {
    const destination = await sendingDestination(shop, destinationId, deps);
    const token = destination && (await deps.tokenOf(shop, destinationId));
    if (!destination || !token) return;
    const now = deps.now();
    const claims = await deps.claim(destinationId, {
      limit: MAX_EVENTS_PER_REQUEST,
      claimedBy: deps.newClaimant(),
      until: new Date(now.getTime() + CLAIM_MS),
      now,
    });
    if (claims.length === 0) return;
    const verdicts = await deliverClaims(claims, { destination, token }, deps);
    const blocked = verdicts.find((verdict) => verdict.kind === "blocked");
    if (blocked) return deps.block(destination, blocked.problem.advice);
    if (verdicts.some((verdict) => verdict.kind === "try-later")) return;
  }
}

async function sendingDestination(shop: ShopDomain, id: DestinationId, deps: DeliverDeps): Promise<Destination | null> {
  const { installed, destinations } = await deps.profile(shop);
  return (installed && destinations.find((each) => each.id === id && each.state === "active")) || null;
}

type Way = { readonly destination: Destination; readonly token: string };

/** Settles every claim: too old ones without a request, since a single one makes Meta refuse its whole batch. */
async function deliverClaims(claims: readonly Claim[], way: Way, deps: DeliverDeps): Promise<readonly Verdict[]> {
  const now = deps.now();
  const isInTime = ({ body }: Claim): boolean => sendableUntil(body.event_time, body.action_source) > now;
  const inTime = claims.filter(isInTime);
  const attemptsOf = new Map<Claim, bigint[]>(claims.map((claim) => [claim, []]));
  const verdicts = await deliverBatch(inTime, async (batch) => {
    const { verdict, attemptId } = await attempt(batch, way, deps);
    for (const claim of batch) attemptsOf.get(claim)?.push(attemptId);
    return verdict;
  });
  const answered = verdicts.flatMap((verdict, index): Settled[] => {
    const claim = inTime[index];
    if (claim === undefined) return [];
    const traceId = verdict.kind === "accepted" ? verdict.traceId : verdict.problem.traceId;
    return [
      { claim, traceId, settlement: settlementOf(claim, verdict, deps), attemptIds: attemptsOf.get(claim) ?? [] },
    ];
  });
  const late = claims.filter((claim) => !isInTime(claim));
  const expired = late.map((claim): Settled => ({ claim, traceId: null, settlement: TOO_OLD, attemptIds: [] }));
  const { lost } = await deps.settle([...answered, ...expired], deps.now());
  const { shop, id: destinationId } = way.destination;
  const kinds = [...new Set(verdicts.map(({ kind }) => kind))];
  deps.log.info("outbox.settled", {
    shop,
    destinationId,
    sent: inTime.length,
    expired: late.length,
    verdicts: kinds,
    lost,
  });
  return verdicts;
}

const TOO_OLD: Settlement = { kind: "expired", reason: "Older than Meta accepts (7 days; 62 for sales in a shop)." };

/** One request, recorded before anything is decided from it. */
async function attempt(
  batch: readonly Claim[],
  { destination, token }: Way,
  deps: DeliverDeps,
): Promise<{ verdict: Verdict; attemptId: bigint }> {
  const { shop, id: destinationId, pixelId, testEventCode } = destination;
  const startedAt = deps.now();
  const answer = await deps.send({ pixelId, token, events: batch.map((claim) => claim.body), testEventCode });
  const verdict = verdictOf(answer, batch.length);
  const attemptId = await deps.recordAttempt({
    shop,
    destinationId,
    startedAt,
    durationMs: deps.now().getTime() - startedAt.getTime(),
    events: batch.length,
    httpStatus: answer.httpStatus,
    ...attemptFacts(verdict, answer.networkError),
  });
  return { verdict, attemptId };
}

function attemptFacts(verdict: Verdict, networkError: string | undefined) {
  if (verdict.kind === "accepted") {
    return { verdict: verdict.kind, code: null, subcode: null, message: null, traceId: verdict.traceId };
  }
  const { code, subcode, advice, traceId } = verdict.problem;
  return { verdict: verdict.kind, code, subcode, message: networkError ?? advice, traceId };
}

/** What Meta's verdict means for one event, at its age and after its attempts so far. */
export function settlementOf(
  claim: Claim,
  verdict: Verdict,
  { now, jitter }: Pick<DeliverDeps, "now" | "jitter">,
): Settlement {
  switch (verdict.kind) {
    case "accepted":
      return { kind: "delivered" };
    case "refused":
    case "blocked":
      return { kind: verdict.kind === "refused" ? "refused" : "held", reason: verdict.problem.advice };
    case "try-later": {
      const at = nextAttemptAt({
        attempts: claim.attempts + 1,
        eventTime_s: claim.body.event_time,
        actionSource: claim.body.action_source,
        now: now(),
        jitter: jitter(),
        notBeforeMs: verdict.notBeforeMs,
        maxAttempts: verdict.maxAttempts,
      });
      const reason = verdict.problem.advice;
      return at === "give-up" ? { kind: "expired", reason } : { kind: "retry", at, reason };
    }
  }
}
