import type { ActionSource } from "../event-contract/meta-event.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

const SHORTEST_MS = 2 * SECOND;
const FIRST_CEILING_MS = 10 * SECOND;
// An event loses most of its use to Meta after an hour (Conversions API best practices, 2026-09), so the end of an
// outage is checked at least that often.
const CAP_MS = HOUR;
/** A request under way and clock differences must not push an event over Meta's limit. */
const HORIZON_MARGIN_MS = 10 * 60 * SECOND;

export type RetryQuestion = {
  /** How often the event was sent, including the last attempt: 1 after the first. */
  readonly attempts: number;
  /** Unix seconds. */
  readonly eventTime_s: number;
  readonly now: Date;
  /** In [0, 1). Spreads pixels that failed together. */
  readonly jitter: number;
  /** Meta's regain time, in milliseconds from now. */
  readonly notBeforeMs: number | null;
  /** Sales in a physical shop are accepted for longer. Default: `website`. */
  readonly actionSource?: ActionSource;
  /** The verdict's own limit, if it has one. */
  readonly maxAttempts?: number | undefined;
};

/**
 * When to send again: exponential backoff with full jitter from 10 s up to an hour, never before Meta's regain time.
 * The last attempt is within the time in which Meta accepts the event; after that, or if Meta's regain time is later,
 * `give-up`.
 */
export function nextAttemptAt(question: RetryQuestion): Date | "give-up" {
  const { attempts, now, jitter, notBeforeMs, maxAttempts } = question;
  if (maxAttempts !== undefined && attempts >= maxAttempts) return "give-up";
  const left = sendableUntil(question.eventTime_s, question.actionSource).getTime() - now.getTime();
  const earliestMs = withSpread(notBeforeMs, jitter);
  if (left <= 0 || earliestMs > left) return "give-up";
  return new Date(now.getTime() + Math.min(left, Math.max(backoffMs(attempts, jitter), earliestMs)));
}

export type PauseQuestion = {
  /** How many consecutive requests failed, including the last one. */
  readonly failures: number;
  readonly now: Date;
  /** In [0, 1). */
  readonly jitter: number;
  /** Meta's regain time, in milliseconds from now. */
  readonly notBeforeMs: number | null;
};

/**
 * When to send a pixel's events again after a `try-later`, whichever events failed: the same backoff, never before
 * Meta's regain time.
 */
export const askAgainAt = ({ failures, now, jitter, notBeforeMs }: PauseQuestion): Date =>
  new Date(now.getTime() + Math.max(backoffMs(failures, jitter), withSpread(notBeforeMs, jitter)));

/** Adds up to a tenth to a regain time, so that pixels do not all resume at once. */
export const withSpread = (ms: number | null, jitter: number): number => Math.ceil((ms ?? 0) * (1 + jitter / 10));

/** The backoff's delay in milliseconds. With the same jitter it never shrinks from one attempt to the next. */
export function backoffMs(attempts: number, jitter: number): number {
  const ceiling = Math.min(CAP_MS, FIRST_CEILING_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(SHORTEST_MS + jitter * (ceiling - SHORTEST_MS));
}

/**
 * The last moment to send an event, because Meta refuses a whole request for one event that is too old: 7 days, and 62
 * for `physical_store` (Conversions API, server event parameters, 2026-09), minus a margin of ten minutes.
 */
export const sendableUntil = (eventTime_s: number, actionSource: ActionSource = "website"): Date =>
  new Date(eventTime_s * SECOND + (actionSource === "physical_store" ? 62 : 7) * DAY - HORIZON_MARGIN_MS);

/**
 * For how long a server leg may follow its browser leg: Meta drops the second leg of a pair only within 48 h of the
 * first (Conversions API, deduplication, 2026-09).
 */
export const PAIR_MS = 2 * DAY - HORIZON_MARGIN_MS;

/** Whether Meta got the browser leg so long ago that it would count the server leg as another event. */
export const isPairTooOld = (browserSentAt: Date | null, now: Date): boolean =>
  browserSentAt !== null && now.getTime() - browserSentAt.getTime() > PAIR_MS;
