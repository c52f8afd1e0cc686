import { type BatchEnd, deliverBatch, type Final, type Stop } from "../meta/deliver-batch.ts";
import type { GraphAnswer } from "../meta/graph-answer.ts";
import { regainMs } from "../meta/regain-time.ts";
import { askAgainAt, withSpread } from "../meta/retry-schedule.ts";
import type { Verdict } from "../meta/types.ts";
import { isUnknownAnswer, verdictOf } from "../meta/verdict.ts";
import type { Log } from "../logging/logger.server.ts";
import type { AttemptRecord, Claim, Settled, Settlement } from "../outbox/types.ts";
import type { Pixel, PixelId } from "../settings/types.ts";
import { attemptFacts, openSettlement, unsentSettlement } from "./settlement.ts";

export type BatchDeps = {
  /** Null: the circuit is open, and no request was made. */
  readonly send: (request: {
    readonly metaPixelId: string;
    readonly token: string;
    readonly events: readonly string[];
    readonly testEventCode: string | null;
  }) => Promise<GraphAnswer | null>;
  readonly recordAttempt: (attempt: AttemptRecord) => Promise<bigint>;
  readonly settle: (settled: readonly Settled[], now: Date) => Promise<{ settled: number; lost: number }>;
  readonly release: (claims: readonly Claim[]) => Promise<void>;
  /** Extends claims; returns how many still belonged to the caller. */
  readonly renew: (claims: readonly Claim[], until: Date) => Promise<number>;
  readonly backOff: (pixelId: PixelId, until: (failures: number) => Date) => Promise<void>;
  readonly pauseUntil: (pixelId: PixelId, until: Date) => Promise<void>;
  /**
   * Stops the pixel and holds its events until the merchant fixes the problem in `advice`; not if `token` was replaced.
   */
  readonly block: (pixel: Pixel, token: string, advice: string) => Promise<void>;
  /** True while this process is shutting down: requests under way complete, and no new ones start. */
  readonly isStopping: () => boolean;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly jitter: () => number;
  readonly log: Log;
};

export type DeliveryTarget = { readonly pixel: Pixel; readonly token: string };

// If a worker dies, another may take over its events after this time.
export const LEASE_MS = 20_000;
/** The time for one request and storing its answer: ten seconds for Meta, the rest for the database. */
const NEEDED_MS = 14_000;
// From this attempt on, the batch is bisected: an outage may in fact be one event that makes Meta fail.
const PATIENT_ATTEMPTS = 6;

/** One batch being sent, and its state so far. */
type Round = {
  readonly target: DeliveryTarget;
  readonly deps: BatchDeps;
  /** Claims without a settlement, each with the recorded requests that contained it. */
  readonly open: Map<Claim, readonly bigint[]>;
  leaseEnds: number;
  /** The longest wait in Meta's headers, whatever its answer about the events. */
  regainMs: number;
  lost: number;
};

/**
 * Sends one pixel's claims together and settles each as soon as Meta has accepted or refused it, so that a crash
 * resends only those under way. Claims that may no longer be sent are settled without a request, because a single one
 * would make Meta refuse its whole batch.
 */
export async function deliverClaims(
  claims: readonly Claim[],
  target: DeliveryTarget,
  deps: BatchDeps,
): Promise<"go-on" | "come-back-later"> {
  const now = deps.now();
  const open = new Map<Claim, readonly bigint[]>(claims.map((claim) => [claim, []]));
  const round: Round = { target, deps, open, leaseEnds: now.getTime() + LEASE_MS, regainMs: 0, lost: 0 };
  const unsent = (claim: Claim): Settlement | null => unsentSettlement(claim, target.pixel, now);
  const barred = claims.filter((claim) => unsent(claim) !== null);
  await settle(barred, { settlementOf: unsent, traceId: null }, round);
  const sent = [...open.keys()];
  const isOldTrouble = sent.some(({ attempts }) => attempts + 1 >= PATIENT_ATTEMPTS);

  const end = await deliverBatch(sent, {
    send: (part) => request(part, round),
    settle: (part, verdict) =>
      settle(part, { settlementOf: () => finalSettlement(verdict), traceId: traceOf(verdict) }, round),
    isolates: (verdict) =>
      verdict.kind === "try-later" &&
      (verdict.isolate === "at-once" || (verdict.isolate === "after-a-while" && isOldTrouble)),
  });
  const next = await concludeRound(end, round);
  const { shop, id: pixelId } = target.pixel;
  const counts = { sent: sent.length, ended: end.ended, open: end.open.length, barred: barred.length };
  deps.log.info("outbox.settled", { shop, destinationId: pixelId, ...counts, stop: end.stop?.kind, lost: round.lost });
  return next;
}

/**
 * Makes one request and records it before anything is decided from it. Null while stopping, or after losing the claims.
 */
async function request(part: readonly Claim[], round: Round): Promise<Verdict | null> {
  const { deps, target } = round;
  const { shop, id: pixelId, metaPixelId, testEventCode } = target.pixel;
  if (deps.isStopping() || !(await keepsClaims(round))) return null;
  const startedAt = deps.now();
  const events = part.map((claim) => claim.json);
  const answer = await deps.send({ metaPixelId, token: target.token, events, testEventCode });
  if (answer === null) return null;
  const verdict = verdictOf(answer, part.length);
  const attemptId = await deps.recordAttempt({
    shop,
    pixelId,
    startedAt,
    durationMs: deps.now().getTime() - startedAt.getTime(),
    events: part.length,
    httpStatus: answer.httpStatus,
    unknown: isUnknownAnswer(answer),
    testEventCode,
    positions: part.flatMap(({ storefront }) => storefront?.position ?? []),
    ...attemptFacts(verdict, answer.networkError),
  });
  for (const claim of part) round.open.set(claim, [...(round.open.get(claim) ?? []), attemptId]);
  round.regainMs = Math.max(round.regainMs, regainMs(answer.headers));
  noteOddities(answer, round);
  return verdict;
}

/** Whether there is time for another request before the claims expire; extends them if there is not. */
async function keepsClaims(round: Round): Promise<boolean> {
  const now = round.deps.now().getTime();
  if (round.leaseEnds - now >= NEEDED_MS) return true;
  round.leaseEnds = now + LEASE_MS;
  return (await round.deps.renew([...round.open.keys()], new Date(round.leaseEnds))) === round.open.size;
}

type Outcome = {
  /** Null leaves the claim unsettled. */
  readonly settlementOf: (claim: Claim) => Settlement | null;
  readonly traceId: string | null;
};

async function settle(claims: readonly Claim[], { settlementOf, traceId }: Outcome, round: Round): Promise<void> {
  const settled = claims.flatMap((claim): Settled[] => {
    const settlement = settlementOf(claim);
    return settlement ? [{ claim, settlement, traceId, attemptIds: round.open.get(claim) ?? [] }] : [];
  });
  if (settled.length === 0) return;
  const { lost } = await round.deps.settle(settled, round.deps.now());
  round.lost += lost;
  for (const { claim } of settled) round.open.delete(claim);
}

/**
 * Settles the events that Meta neither accepted nor refused. If Meta ended none of them, the pixel as a whole backs off
 * and its events stay due in order. An event that failed alone while others passed waits by itself.
 */
async function concludeRound(end: BatchEnd<Claim>, round: Round): Promise<"go-on" | "come-back-later"> {
  const { deps, target } = round;
  const trouble = troubleOf(end);
  if (trouble !== null) await slowDown(trouble, round);
  else if (round.regainMs > 0) await deps.pauseUntil(target.pixel.id, regainedAt(round));

  await settleOpen(end, trouble, round);
  const untried = end.open.filter(({ verdict }) => verdict === null).map(({ event }) => event);
  await release(untried, deps);
  const isThrough = trouble === null && untried.length === 0 && round.regainMs === 0;
  return isThrough ? "go-on" : "come-back-later";
}

/** The verdict that stopped the batch; or the first open one, if no event of the batch ended. */
const troubleOf = ({ stop, ended, open }: BatchEnd<Claim>): Stop | null => {
  const met = ended === 0 ? open[0]?.verdict : null;
  return stop ?? met ?? null;
};

const release = async (claims: readonly Claim[], deps: BatchDeps): Promise<void> =>
  claims.length === 0 ? undefined : deps.release(claims);

async function settleOpen({ open, ended }: BatchEnd<Claim>, trouble: Stop | null, round: Round): Promise<void> {
  const { deps } = round;
  const now = deps.now();
  const verdicts = new Map(open.map(({ event, verdict }) => [event, verdict]));
  const settlementOf = (claim: Claim): Settlement | null => {
    const verdict = verdicts.get(claim);
    if (!verdict) return null;
    const waitsWithItsPixel = verdict === trouble || ended === 0;
    return openSettlement(claim, verdict, { now, jitter: waitsWithItsPixel ? null : deps.jitter() });
  };
  await settle([...verdicts.keys()], { settlementOf, traceId: traceOf(trouble) }, round);
}

async function slowDown(trouble: Stop, { deps, target, regainMs }: Round): Promise<void> {
  const { pixel, token } = target;
  if (trouble.kind === "blocked") return deps.block(pixel, token, trouble.problem.advice);
  const notBeforeMs = Math.max(trouble.notBeforeMs ?? 0, regainMs);
  const now = deps.now();
  await deps.backOff(pixel.id, (failures) => askAgainAt({ failures, now, jitter: deps.jitter(), notBeforeMs }));
}

const regainedAt = ({ deps, regainMs }: Round): Date =>
  new Date(deps.now().getTime() + withSpread(regainMs, deps.jitter()));

const traceOf = (verdict: Verdict | null): string | null => {
  if (verdict === null) return null;
  return verdict.kind === "accepted" ? verdict.traceId : verdict.problem.traceId;
};

const finalSettlement = (verdict: Final): Settlement =>
  verdict.kind === "accepted" ? { kind: "delivered" } : { kind: "refused", reason: verdict.problem.advice };

/** Logs what a person should check, although it does not affect the events. */
function noteOddities({ body, headers, httpStatus }: GraphAnswer, { deps, target }: Round): void {
  const { shop, id: pixelId } = target.pixel;
  if (body?.kind === "received" && body.warnings > 0) {
    deps.log.warn("delivery.warning", { shop, destinationId: pixelId, warnings: body.warnings, traceId: body.traceId });
  }
  const version = headers["x-ad-api-version-warning"];
  if (version !== undefined) deps.log.warn("delivery.version-warning", { shop, destinationId: pixelId, version });
  if (!isUnknownAnswer({ body, headers, httpStatus })) return;
  const { code, subcode, traceId } = body?.kind === "error" ? body.error : { code: null, subcode: null, traceId: null };
  deps.log.warn("delivery.unknown-answer", { shop, destinationId: pixelId, httpStatus, code, subcode, traceId });
}
