import { expect, test } from "vitest";

import { barLengths, CHART, lineChart, stackedChart } from "../../app/routes/app._index/chart-geometry.server.ts";
import { chartsOf } from "../../app/routes/app._index/charts.server.ts";
import { INK } from "../../app/routes/app._index/chart-look.ts";
import { ChartsSection } from "../../app/routes/app._index/charts-section.tsx";
import { aFigure } from "./dashboard/figures.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

const DAYS = ["2026-11-20", "2026-11-21", "2026-11-22"];

test("the parts of a day stand on one another, in proportion, and a day without any has no bar", () => {
  const chart = stackedChart(
    [
      { day: "2026-11-20", counts: { sent: 6, left: 2 } },
      { day: "2026-11-21", counts: { sent: 0, left: 0 } },
    ],
    ["sent", "left"],
  );
  const [sent, left] = chart.bars;
  expect(chart.bars.map(({ series, day }) => [series, day])).toEqual([
    ["sent", "2026-11-20"],
    ["left", "2026-11-20"],
  ]);
  expect((sent?.y ?? 0) + (sent?.height ?? 0)).toBe(CHART.bottom);
  expect((left?.y ?? 0) + (left?.height ?? 0)).toBeCloseTo(sent?.y ?? 0, 1);
  expect(sent?.height).toBeCloseTo(3 * (left?.height ?? 0), 0);
  expect(chart.ticks[0]).toEqual({ value: 0, y: CHART.bottom });
});

test("a line has a gap where a day has no value, and stays within its box", () => {
  const rows = DAYS.map((day, n) => ({ day, value: n === 1 ? null : n }));
  const { path, points } = lineChart(rows, 1);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(points.map(({ day }) => day)).toEqual(["2026-11-20", "2026-11-22"]);
  for (const { x, y } of points) {
    expect(x).toBeGreaterThan(CHART.left);
    expect(x).toBeLessThan(CHART.right);
    expect(y).toBeGreaterThanOrEqual(CHART.top);
    expect(y).toBeLessThanOrEqual(CHART.bottom);
  }
});

test("nothing at all is drawn as nothing", () => {
  expect(stackedChart([], ["sent"]).bars).toEqual([]);
  expect(lineChart([], 1).path).toBe("");
  expect(barLengths([])).toEqual([]);
  expect(barLengths([0, 0])).toEqual([0, 0]);
  expect(barLengths([5, 10])).toEqual([50, 100]);
});

const keys = { em: 3, ph: 0, fbp: 4, fbc: 1, external_id: 4, ip: 4, ua: 4 };
const charts = chartsOf({
  figures: [
    aFigure({ day: "2026-11-20", events: 3, keys }),
    aFigure({ day: "2026-11-20", events: 1, legs: "server" }),
    aFigure({ day: "2026-11-22", eventName: "PageView", outcome: "withheld", reason: "bot", legs: "none", events: 7 }),
    aFigure({ day: "2026-11-22", outcome: "expired", legs: "none", events: 2 }),
  ],
  days: DAYS,
  marks: [
    { day: "2026-11-21", version: 5 },
    { day: "2026-10-01", version: 4 },
  ],
});
const view = <ChartsSection charts={charts} period="7d" />;

test("each drawing has its table, is one stop of the keyboard, and says the last day in words", () => {
  const html = htmlOf(view);
  expect(html.match(/role="slider" tabindex="0"/g)).toHaveLength(3);
  expect(html.match(/<figure/g)).toHaveLength(6);
  expect(html.match(/<details/g)).toHaveLength(6);
  expect(html).toContain('aria-valuetext="Nov 22, 2026: 0 accepted, 2 refused or expired, 7 left out, and 0 waiting"');
});

test("shares are of what they say, and a day without deliveries has none", () => {
  expect(charts.rows.map(({ share }) => share)).toEqual([0.75, null, null]);
  expect(charts.keys.find(({ key }) => key === "em")).toMatchObject({ share: 0.75, length: 75 });
  expect(charts.names.map(({ name, events }) => [name, events])).toEqual([
    ["PageView", 7],
    ["Purchase", 6],
  ]);
  expect(charts.reasons).toEqual([{ reason: "bot", events: 7, length: 100 }]);
});

test("a change of the settings is marked where it falls within the days, and the marks are explained", () => {
  expect([...htmlOf(view).matchAll(/data-settings-version="(\d)"/g)].map(([, version]) => version)).toEqual([
    ...["5", "5", "5"],
  ]);
  expect(textOf(view)).toContain("Not comparable before such a line");
  const unchanged = <ChartsSection charts={{ ...charts, marks: [] }} period="7d" />;
  expect(textOf(unchanged)).not.toContain("Dashed lines");
});

test("what was left out, and each name, opens its events", () => {
  expect(htmlOf(view)).toContain('href="/app/events?period=7&amp;outcome=withheld&amp;reason=bot"');
  expect(htmlOf(view)).toContain('href="/app/events?period=7&amp;event=PageView"');
  expect(textOf(view)).toContain("identifies itself as a bot");
});

const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test("every color that means something stands out from the white behind it by 3:1", () => {
  const { grid: _grid, ...meaningful } = INK;
  for (const [name, color] of Object.entries(meaningful)) {
    expect(1.05 / (luminance(color) + 0.05), name).toBeGreaterThanOrEqual(3);
  }
});
