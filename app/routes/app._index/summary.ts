import type { DailyFigure } from "../../ledger/daily-figure-types.ts";
import { medianDelay_s } from "../../ledger/figure-delays.ts";
import { totalOf } from "../../ledger/sum-figures.ts";

/**
 * The figures of a period. Three are counts of different events and are never added to a score: what was to be sent,
 * what Meta accepted of it, and what was left out by a rule or for want of something.
 */
export type Summary = {
  /** Delivered, refused or expired. */
  readonly eligible: number;
  readonly delivered: number;
  /** Withheld. */
  readonly excluded: number;
  /** By Meta. */
  readonly refused: number;
  /** Too old for Meta before it could be sent. */
  readonly expired: number;
  /** Delivered, and the browser sent its leg too. */
  readonly matched: number;
  /** Matched, and both legs report the same. */
  readonly agreeing: number;
  /** From the event to Meta's answer; null if nothing was delivered. */
  readonly medianDelay_s: number | null;
};

export const SUMMARY_COUNTS = ["eligible", "delivered", "excluded", "matched", "agreeing"] as const;
export type SummaryCount = (typeof SUMMARY_COUNTS)[number];

/** What was meant for Meta and is lost. */
export const LOSSES = ["refused", "expired"] as const;

const IS = {
  eligible: ({ outcome }) => outcome === "delivered" || outcome === "refused" || outcome === "expired",
  delivered: ({ outcome }) => outcome === "delivered",
  excluded: ({ outcome }) => outcome === "withheld",
  refused: ({ outcome }) => outcome === "refused",
  expired: ({ outcome }) => outcome === "expired",
  matched: ({ outcome, legs }) => outcome === "delivered" && (legs === "both" || legs === "differing"),
  agreeing: ({ outcome, legs }) => outcome === "delivered" && legs === "both",
} as const satisfies Record<SummaryCount | (typeof LOSSES)[number], (figure: DailyFigure) => boolean>;

export function summaryOf(figures: readonly DailyFigure[]): Summary {
  const count = (which: keyof typeof IS): number => totalOf(figures.filter(IS[which])).events;
  return {
    eligible: count("eligible"),
    delivered: count("delivered"),
    excluded: count("excluded"),
    refused: count("refused"),
    expired: count("expired"),
    matched: count("matched"),
    agreeing: count("agreeing"),
    medianDelay_s: medianDelay_s(totalOf(figures.filter(IS.delivered)).delays),
  };
}
