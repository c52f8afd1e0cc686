import type { Day, DailyFigure } from "../../ledger/daily-figure-types.ts";
import { daysBefore } from "../../ledger/days.ts";

/** The days of each period, today included. */
export const PERIOD_DAYS = { today: 1, "7d": 7, "30d": 30, "90d": 90 } as const;

export type Period = keyof typeof PERIOD_DAYS;
// Object.keys forgets the names.
export const PERIODS = Object.keys(PERIOD_DAYS) as readonly Period[];

const isPeriod = (text: string): text is Period => Object.hasOwn(PERIOD_DAYS, text);

/** The period that the page's address names; seven days where it names none. */
export function periodIn(parameters: URLSearchParams): Period {
  const text = parameters.get("period") ?? "";
  return isPeriod(text) ? text : "7d";
}

/** The days of a period, the first one first. */
export const daysOf = (period: Period, today: Day): readonly Day[] =>
  Array.from({ length: PERIOD_DAYS[period] }, (_, n) => daysBefore(today, PERIOD_DAYS[period] - 1 - n));

/** The figures of a period, and of the one of the same length before it. */
export function splitByPeriod(figures: readonly DailyFigure[], period: Period, today: Day) {
  const first = daysBefore(today, PERIOD_DAYS[period] - 1);
  const firstBefore = daysBefore(today, 2 * PERIOD_DAYS[period] - 1);
  return {
    present: figures.filter(({ day }) => day >= first),
    before: figures.filter(({ day }) => day < first && day >= firstBefore),
  };
}
