import { scaleBand, scaleLinear } from "d3-scale";
import { line, stack } from "d3-shape";

import type { Day } from "../../ledger/daily-figure-types.ts";

/*
 * Where things are in a chart, computed by the server alone: the browser gets numbers and paths, and no library. The size
 * is that of a narrow screen, so that the text of a chart stays legible where it is scaled.
 */
export const CHART = { width: 360, height: 200, left: 40, right: 352, top: 12, bottom: 176 } as const;

export type Tick = { readonly value: number; readonly y: number };
export type DayPlace = { readonly day: Day; readonly x: number; readonly width: number };

export type StackedChart = {
  readonly days: readonly DayPlace[];
  readonly ticks: readonly Tick[];
  readonly bars: readonly {
    readonly series: string;
    readonly day: Day;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
};

export type LineChart = {
  readonly days: readonly DayPlace[];
  readonly ticks: readonly Tick[];
  readonly path: string;
  readonly points: readonly { readonly day: Day; readonly x: number; readonly y: number }[];
};

const TICKS = 4;

const bandOf = (days: readonly Day[]) => scaleBand<Day>(days, [CHART.left, CHART.right]).padding(0.15);

const heightScale = (most: number) => scaleLinear([0, most === 0 ? 1 : most], [CHART.bottom, CHART.top]).nice(TICKS);

function frameOf(days: readonly Day[], y: ReturnType<typeof heightScale>) {
  const x = bandOf(days);
  const places = days.map((day) => ({ day, x: rounded(x(day) ?? 0), width: rounded(x.bandwidth()) }));
  return { places, ticks: y.ticks(TICKS).map((value) => ({ value, y: rounded(y(value)) })) };
}

/** The counts of each day on top of one another, in the order of the series. */
export function stackedChart<Series extends string>(
  rows: readonly { readonly day: Day; readonly counts: Readonly<Record<Series, number>> }[],
  series: readonly Series[],
): StackedChart {
  const layers = stack<(typeof rows)[number], Series>()
    .keys(series)
    .value(({ counts }, name) => counts[name])(rows);
  const y = heightScale(Math.max(0, ...(layers.at(-1) ?? []).map(([, end]) => end)));
  const { places, ticks } = frameOf(
    rows.map(({ day }) => day),
    y,
  );
  const bars = layers.flatMap((layer) =>
    layer.flatMap(([start, end], n) => {
      const place = places[n];
      if (place === undefined || end <= start) return [];
      return [{ series: layer.key, ...place, y: rounded(y(end)), height: rounded(y(start) - y(end)) }];
    }),
  );
  return { days: places, ticks, bars };
}

/** A value for each day, with a gap where there is none. `most`: where the axis ends at least. */
export function lineChart(
  rows: readonly { readonly day: Day; readonly value: number | null }[],
  most: number,
): LineChart {
  const y = heightScale(Math.max(most, ...rows.map(({ value }) => value ?? 0)));
  const { places, ticks } = frameOf(
    rows.map(({ day }) => day),
    y,
  );
  const points = rows.map(({ day, value }, n) => {
    const { x, width } = places[n] ?? { x: 0, width: 0 };
    return { day, x: rounded(x + width / 2), y: value === null ? null : rounded(y(value)) };
  });
  const path = line<(typeof points)[number]>()
    .defined((point) => point.y !== null)
    .x(({ x }) => x)
    .y((point) => point.y ?? 0)(points);
  const drawn = points.flatMap((point) => (point.y === null ? [] : [{ ...point, y: point.y }]));
  return { days: places, ticks, path: path ?? "", points: drawn };
}

/** How long a bar is, out of a hundred, for each value. */
export function barLengths(values: readonly number[], most = Math.max(0, ...values)): readonly number[] {
  const x = scaleLinear([0, most === 0 ? 1 : most], [0, 100]);
  return values.map((value) => rounded(x(value)));
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
