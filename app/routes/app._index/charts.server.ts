import { COVERED_KEYS, type DailyFigure, type Day, type SettingsMark } from "../../ledger/daily-figure-types.ts";
import { sumFigures, totalOf } from "../../ledger/sum-figures.ts";
import { barLengths, lineChart, stackedChart } from "./chart-geometry.server.ts";
import { type Summary, summaryOf } from "./summary.ts";

export const OUTCOME_SERIES = ["delivered", "failed", "excluded", "waiting"] as const;
export type OutcomeSeries = (typeof OUTCOME_SERIES)[number];
export type OutcomeCounts = Readonly<Record<OutcomeSeries, number>>;

export type Charts = ReturnType<typeof chartsOf>;

export type ChartSource = {
  readonly figures: readonly DailyFigure[];
  readonly days: readonly Day[];
  readonly marks: readonly SettingsMark[];
};

/** Everything that Home draws, ready to be drawn. */
export function chartsOf({ figures, days, marks }: ChartSource) {
  const byDay = days.map((day) => figures.filter((figure) => figure.day === day));
  const rows = days.map((day, n) => ({ day, ...dayOf(byDay[n] ?? []) }));
  return {
    rows,
    marks,
    outcomes: stackedChart(rows, OUTCOME_SERIES),
    legs: lineChart(
      rows.map(({ day, share }) => ({ day, value: share })),
      1,
    ),
    delay: lineChart(
      rows.map(({ day, summary }) => ({ day, value: summary.medianDelay_s })),
      10,
    ),
    names: namesOf(figures),
    reasons: reasonsOf(figures),
    keys: keysOf(figures),
  };
}

function dayOf(figures: readonly DailyFigure[]) {
  const summary = summaryOf(figures);
  return { summary, counts: countsOf(figures, summary), share: shareOf(summary.matched, summary.delivered) };
}

const countsOf = (
  figures: readonly DailyFigure[],
  { delivered, eligible, excluded }: Summary = summaryOf(figures),
): OutcomeCounts => ({
  delivered,
  failed: eligible - delivered,
  excluded,
  waiting: totalOf(figures.filter(({ outcome }) => outcome === "waiting-for-payment")).events,
});

/** Null where there is nothing to have a share of. */
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function namesOf(figures: readonly DailyFigure[]) {
  const sums = [...sumFigures(figures, ({ eventName }) => eventName)].sort(
    ([, one], [, other]) => other.events - one.events,
  );
  const lengths = barLengths(sums.map(([, { events }]) => events));
  return sums.map(([name, { events }], n) => ({
    name,
    events,
    length: lengths[n] ?? 0,
    counts: countsOf(figures.filter(({ eventName }) => eventName === name)),
  }));
}

function reasonsOf(figures: readonly DailyFigure[]) {
  const withheld = figures.filter(({ outcome }) => outcome === "withheld");
  const sums = [...sumFigures(withheld, ({ reason }) => reason ?? "unknown")].sort(
    ([, one], [, other]) => other.events - one.events,
  );
  const lengths = barLengths(sums.map(([, { events }]) => events));
  return sums.map(([reason, { events }], n) => ({ reason, events, length: lengths[n] ?? 0 }));
}

/** Of the events that Meta accepted. */
function keysOf(figures: readonly DailyFigure[]) {
  const { keys, events } = totalOf(figures.filter(({ outcome }) => outcome === "delivered"));
  const shares = COVERED_KEYS.map((key) => shareOf(keys[key], events));
  const lengths = barLengths(
    shares.map((share) => share ?? 0),
    1,
  );
  return COVERED_KEYS.map((key, n) => ({ key, share: shares[n] ?? null, length: lengths[n] ?? 0 }));
}
