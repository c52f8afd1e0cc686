import { isEventName } from "../../event-contract/event-name.ts";
import { useWords } from "../../components/words-context.ts";
import { eventNameIn } from "../../wording/event-name-in.ts";
import { reasonIn } from "../../wording/reasons.ts";
import type { Words } from "../../wording/words.ts";
import type { Charts, OutcomeCounts, OutcomeSeries } from "./charts.server.ts";
import { BarList } from "./bar-list.tsx";
import { dateOf, INK } from "./chart-look.ts";
import { ChartTable } from "./chart-table.tsx";
import { DayChart } from "./day-chart.tsx";
import { delayIn } from "./figures-section.tsx";
import { eventsOf } from "./events-of.ts";
import type { Period } from "./period.ts";

export type ChartsProps = { readonly charts: Charts; readonly period: Period };

const SERIES = ["delivered", "failed", "excluded", "waiting"] as const satisfies readonly OutcomeSeries[];

/** The same figures as drawings, each with its table. */
export function ChartsSection({ charts, period }: ChartsProps) {
  return (
    // Not auto-fit, by which the first drawing has the page's width until the second one has arrived.
    <s-grid gridTemplateColumns="repeat(auto-fill, minmax(18rem, 1fr))" gap="base" data-charts>
      <OutcomeChart charts={charts} />
      <LegsChart charts={charts} />
      <DelayChart charts={charts} />
      <NamesChart charts={charts} period={period} />
      <ReasonsChart charts={charts} period={period} />
      <KeysChart charts={charts} />
    </s-grid>
  );
}

type ChartProps = Pick<ChartsProps, "charts">;

/** The dashed lines' meaning, where there are any. */
const noteOf = (words: Words, { marks }: Charts) =>
  marks.length === 0 ? {} : { note: words.text("home.chart.marks-note") };

function OutcomeChart({ charts }: ChartProps) {
  const words = useWords();
  const { days, ticks, bars } = charts.outcomes;
  const textOf = (counts: OutcomeCounts): string =>
    words.list(SERIES.map((series) => words.text(`home.chart.${series}.count`, { count: counts[series] })));
  return (
    <DayChart
      title={words.text("home.chart.outcomes")}
      {...noteOf(words, charts)}
      days={days}
      ticks={ticks}
      marks={charts.marks}
      tickText={(value) => words.number(value)}
      dayText={(n) => (charts.rows[n] ? textOf(charts.rows[n].counts) : "")}
      legend={<Legend />}
      table={
        <DayTable
          charts={charts}
          title={words.text("home.chart.outcomes")}
          columns={SERIES.map((series) => words.text(`home.chart.${series}`))}
          cellsOf={({ counts }) => SERIES.map((series) => words.number(counts[series]))}
        />
      }
    >
      {bars.map(({ series, day, ...place }) => (
        <rect key={`${series} ${day}`} {...place} fill={INK[isSeries(series) ? series : "waiting"]} stroke="#fff" />
      ))}
    </DayChart>
  );
}

const isSeries = (text: string): text is OutcomeSeries => (SERIES as readonly string[]).includes(text);

function Legend() {
  const words = useWords();
  return (
    <s-stack direction="inline" gap="small">
      {SERIES.map((series) => (
        <span key={series}>
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" fill={INK[series]} />
          </svg>{" "}
          {words.text(`home.chart.${series}`)}
        </span>
      ))}
    </s-stack>
  );
}

function LegsChart({ charts }: ChartProps) {
  const words = useWords();
  const shareIn = (share: number | null): string => (share === null ? "–" : words.percent(share));
  return (
    <DayChart
      title={words.text("home.chart.legs")}
      {...noteOf(words, charts)}
      days={charts.legs.days}
      ticks={charts.legs.ticks}
      marks={charts.marks}
      tickText={(value) => words.percent(value)}
      dayText={(n) => shareIn(charts.rows[n]?.share ?? null)}
      table={
        <DayTable
          charts={charts}
          title={words.text("home.chart.legs")}
          columns={[words.text("home.chart.legs")]}
          cellsOf={({ share }) => [shareIn(share)]}
        />
      }
    >
      <Line chart={charts.legs} />
    </DayChart>
  );
}

function DelayChart({ charts }: ChartProps) {
  const words = useWords();
  return (
    <DayChart
      title={words.text("home.chart.delay")}
      {...noteOf(words, charts)}
      days={charts.delay.days}
      ticks={charts.delay.ticks}
      marks={charts.marks}
      tickText={(value) => delayIn(words, value)}
      dayText={(n) => delayIn(words, charts.rows[n]?.summary.medianDelay_s ?? null)}
      table={
        <DayTable
          charts={charts}
          title={words.text("home.chart.delay")}
          columns={[words.text("home.figures.delay")]}
          cellsOf={({ summary }) => [delayIn(words, summary.medianDelay_s)]}
        />
      }
    >
      <Line chart={charts.delay} />
    </DayChart>
  );
}

const Line = ({ chart: { path, points } }: { readonly chart: Charts["legs"] }) => (
  <g>
    <path d={path} fill="none" stroke={INK.line} strokeWidth="2" />
    {points.map(({ day, x, y }) => (
      <circle key={day} cx={x} cy={y} r={points.length > 31 ? 1 : 2.5} fill={INK.line} />
    ))}
  </g>
);

type DayTableProps = ChartProps & {
  readonly title: string;
  readonly columns: readonly string[];
  readonly cellsOf: (row: Charts["rows"][number]) => readonly string[];
};

function DayTable({ charts, title, columns, cellsOf }: DayTableProps) {
  const words = useWords();
  return (
    <ChartTable
      title={words.text("home.chart.table", { chart: title })}
      columns={[words.text("home.chart.day"), ...columns]}
      rows={charts.rows.map((row) => ({ id: row.day, name: dateOf(words, row.day), cells: cellsOf(row) }))}
    />
  );
}

function NamesChart({ charts, period }: ChartsProps) {
  const words = useWords();
  return (
    <BarList
      title={words.text("home.chart.names")}
      color={INK.line}
      rows={charts.names.map(({ name, events, length, counts }) => ({
        id: name,
        label: isEventName(name) ? eventNameIn(words, name) : name,
        value: words.number(events),
        length,
        url: eventsOf(period, { event: name }),
        cells: SERIES.map((series) => words.number(counts[series])),
      }))}
      columns={SERIES.map((series) => words.text(`home.chart.${series}`))}
    />
  );
}

function ReasonsChart({ charts, period }: ChartsProps) {
  const words = useWords();
  return (
    <BarList
      title={words.text("home.chart.reasons")}
      color={INK.excluded}
      rows={charts.reasons.map(({ reason, events, length }) => ({
        id: reason,
        label: reasonIn(words, reason),
        value: words.number(events),
        length,
        url: eventsOf(period, { outcome: "withheld", reason }),
        cells: [words.number(events)],
      }))}
      columns={[words.text("home.chart.events")]}
    />
  );
}

function KeysChart({ charts }: ChartProps) {
  const words = useWords();
  const shareIn = (share: number | null): string => (share === null ? "–" : words.percent(share));
  return (
    <BarList
      title={words.text("home.chart.keys")}
      note={words.text("home.chart.keys-note")}
      color={INK.delivered}
      rows={charts.keys.map(({ key, share, length }) => ({
        id: key,
        label: words.text(`home.key.${key}`),
        value: shareIn(share),
        length,
        url: null,
        cells: [shareIn(share)],
      }))}
      columns={[words.text("home.chart.share")]}
    />
  );
}
