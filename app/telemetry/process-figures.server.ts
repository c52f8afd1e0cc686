import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { Meter } from "@opentelemetry/api";
import { METRICS } from "./metrics-table.ts";

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
const RESOLUTION_MS = 20;

/** Event loop, memory and CPU time of this process. `startAnew` begins a new measuring period after a scrape. */
export function observeProcess(meter: Meter): { readonly startAnew: () => void; readonly stop: () => void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let since = performance.eventLoopUtilization();

  const gauge = (name: Gauge, read: () => number): void => {
    const { unit, help } = METRICS[name];
    meter.createObservableGauge(name, { unit, description: help }).addCallback((result) => result.observe(read()));
  };
  // The histogram's values include one resolution, after which its timer is due.
  const lateness = (nanoseconds: number): number =>
    Math.max(0, (nanoseconds || 0) / NANOSECONDS - RESOLUTION_MS / 1000);
  gauge("nodejs_eventloop_delay_p50_seconds", () => lateness(delay.percentile(50)));
  gauge("nodejs_eventloop_delay_p99_seconds", () => lateness(delay.percentile(99)));
  gauge("nodejs_eventloop_utilization", () => performance.eventLoopUtilization(since).utilization);
  gauge("process_resident_memory_bytes", () => process.memoryUsage.rss());

  const { unit, help } = METRICS.process_cpu_seconds_total;
  const cpu = meter.createObservableCounter("process_cpu_seconds_total", { unit, description: help });
  cpu.addCallback((result) => {
    const { user, system } = process.cpuUsage();
    result.observe((user + system) / MICROSECONDS);
  });
  return {
    startAnew: () => {
      delay.reset();
      since = performance.eventLoopUtilization();
    },
    stop: () => delay.disable(),
  };
}

type Gauge =
  | "nodejs_eventloop_delay_p50_seconds"
  | "nodejs_eventloop_delay_p99_seconds"
  | "nodejs_eventloop_utilization"
  | "process_resident_memory_bytes";
