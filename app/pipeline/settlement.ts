import type { Stop } from "../meta/deliver-batch.ts";
import { isPairTooOld, nextAttemptAt, sendableUntil } from "../meta/retry-schedule.ts";
import type { Verdict } from "../meta/types.ts";
import type { AttemptRecord, Claim, Settlement } from "../outbox/types.ts";
import type { Pixel } from "../settings/types.ts";

/** The reason of an expired event; the last problem that delayed it is appended. */
export const TOO_OLD = "Older than Meta accepts (7 days; 62 for sales in a shop).";

const seconds = (moment: Date): number => moment.getTime() / 1_000;

/** The settlement of an event that may no longer be sent; null if it may. */
export function unsentSettlement(
  claim: Claim,
  { testEventCode }: Pick<Pixel, "testEventCode">,
  now: Date,
): Settlement | null {
  // The code may have been removed since the event was decided. A request has one code, or none, for all its events.
  if (claim.isTest && testEventCode === null) return { kind: "withheld", reason: "test-order" };
  if (isPairTooOld(claim.browserSentAt, now)) return { kind: "withheld", reason: "dedup-window-passed" };
  if (sendableUntil(seconds(claim.eventTime), claim.actionSource) > now) return null;
  return { kind: "expired", reason: [TOO_OLD, claim.lastReason].filter((text) => text !== null).join(" ") };
}

/**
 * The settlement of an event that Meta could not accept yet, from its age and its attempts. Without a `jitter` it stays
 * due, because the pixel as a whole backs off.
 */
export function openSettlement(
  claim: Claim,
  verdict: Stop,
  { now, jitter }: { readonly now: Date; readonly jitter: number | null },
): Settlement {
  const reason = verdict.problem.advice;
  if (verdict.kind === "blocked") return { kind: "held", reason };
  const attempts = claim.attempts + 1;
  const at = nextAttemptAt({
    attempts,
    eventTime_s: seconds(claim.eventTime),
    actionSource: claim.actionSource,
    now,
    jitter: jitter ?? 0,
    // If a pixel's pause outlasts the event, the event expires by its age after the pause.
    notBeforeMs: jitter === null ? null : verdict.notBeforeMs,
    maxAttempts: verdict.maxAttempts,
  });
  if (at === "give-up") return { kind: "expired", reason };
  return { kind: "retry", at: jitter === null ? now : at, reason };
}

/** Meta's answer, as the ledger stores it with the attempt. */
export function attemptFacts(
  verdict: Verdict,
  networkError: string | undefined,
): Pick<AttemptRecord, "verdict" | "code" | "subcode" | "message" | "traceId"> {
  if (verdict.kind === "accepted") {
    return { verdict: verdict.kind, code: null, subcode: null, message: null, traceId: verdict.traceId };
  }
  const { code, subcode, advice, traceId } = verdict.problem;
  return { verdict: verdict.kind, code, subcode, message: networkError ?? advice, traceId };
}
