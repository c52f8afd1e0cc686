import type { Attributes, Meter } from "@opentelemetry/api";
import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { METRIC_ROWS, type MetricRow, METRICS } from "./metrics-table.ts";
import { metricsWatcher } from "./metrics-watcher.ts";
import { observeProcess } from "./process-figures.server.ts";
import { tally, type Tally } from "./tally.ts";
import type { Watcher } from "./types.ts";

/** Metrics read from the database; the same in every process. */
export type QueueFigures = {
  /** How long the oldest due event has been due; 0 if none is. */
  readonly decideAge_s: number;
  readonly deliverAge_s: number;
  /** Number of pixels by state. */
  readonly pixels: Readonly<Record<string, number>>;
  readonly quarantined: number;
};

export type Metrics = {
  readonly watcher: Watcher;
  /** Prometheus's text format, version 0.0.4. */
  readonly scrape: () => Promise<string>;
  readonly close: () => Promise<void>;
};

const OF_THE_PROCESS = /^(?:nodejs|process)_/;

type RecordValue = (value: number, values: readonly string[]) => void;

/**
 * Metrics of this process. `queueFigures` is called at each scrape and may return cached values; null leaves them out.
 */
export function openMetrics(queueFigures: () => Promise<QueueFigures | null>): Metrics {
  // Only the reader is used; its own HTTP server is never started, because the app has one.
  const reader = new PrometheusExporter({ preventServerStart: true });
  const resource = resourceFromAttributes({ "service.name": "tandem" });
  const provider = new MeterProvider({ readers: [reader], resource });
  const meter = provider.getMeter("tandem");
  const counters = rowsOf("counter", (name, row) => counterOf(meter, name, row));
  const histograms = rowsOf("histogram", (name, row) => recorderOf(meter, name, row));
  const process = observeProcess(meter);
  observeQueue(meter, queueFigures);
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  return {
    watcher: metricsWatcher({
      count: (name, values, by) => counters.get(name)?.add(values, by),
      record: (name, value, values = []) => histograms.get(name)?.(value, values),
    }),
    scrape: async () => {
      const { resourceMetrics } = await reader.collect();
      process.startAnew();
      return `${serializer.serialize(resourceMetrics)}\n`;
    },
    close: async () => {
      process.stop();
      await provider.shutdown();
    },
  };
}

const rowsOf = <Made>(
  kind: MetricRow["kind"],
  make: (name: string, row: MetricRow) => Made,
): ReadonlyMap<string, Made> =>
  new Map(
    [...METRIC_ROWS]
      .filter(([name, row]) => row.kind === kind && !OF_THE_PROCESS.test(name))
      .map(([name, row]) => [name, make(name, row)]),
  );

function counterOf(meter: Meter, name: string, row: MetricRow): Tally {
  const counts = tally(row.labels);
  const counter = meter.createObservableCounter(name, { unit: row.unit, description: row.help });
  counter.addCallback((result) => counts.forEach((count, labels) => result.observe(count, labels)));
  return counts;
}

function recorderOf(meter: Meter, name: string, { unit, help, labels, buckets = [] }: MetricRow): RecordValue {
  const advice = { explicitBucketBoundaries: [...buckets] };
  const histogram = meter.createHistogram(name, { unit, description: help, advice });
  // Without labels it costs a fifth, because nothing is looked up.
  if (labels.length === 0) return (value) => histogram.record(value);
  return (value, values) =>
    histogram.record(value, Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ""])));
}

function observeQueue(meter: Meter, queueFigures: () => Promise<QueueFigures | null>): void {
  const gauge = (name: "tandem_queue_age_seconds" | "tandem_pixels" | "tandem_quarantine_payloads") =>
    meter.createObservableGauge(name, { unit: METRICS[name].unit, description: METRICS[name].help });
  const age = gauge("tandem_queue_age_seconds");
  const pixels = gauge("tandem_pixels");
  const quarantined = gauge("tandem_quarantine_payloads");
  meter.addBatchObservableCallback(
    async (result) => {
      const figures = await queueFigures();
      if (figures === null) return;
      const of = (name: string, value: string): Attributes => ({ [name]: value });
      result.observe(age, figures.decideAge_s, of("queue", "decide"));
      result.observe(age, figures.deliverAge_s, of("queue", "deliver"));
      for (const [state, count] of Object.entries(figures.pixels)) result.observe(pixels, count, of("state", state));
      result.observe(quarantined, figures.quarantined);
    },
    [age, pixels, quarantined],
  );
}
