/** One metric as Prometheus sees it. `labels` lists all its labels, each with few values: no shop, no pixel, no ID. */
export type MetricRow = {
  readonly kind: "counter" | "histogram" | "gauge";
  /** A UCUM unit, as OpenTelemetry requires; the metric's name spells it out. */
  readonly unit: string;
  readonly labels: readonly string[];
  readonly help: string;
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
};

const FAST_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
// Shopify retries a webhook for four hours, so one may be that late.
const LAG_S = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400] as const;
const GROUP = [1, 2, 4, 8, 16, 32, 64] as const;

/**
 * Every metric of `/metrics`. Names follow OpenTelemetry's conventions where one exists (`http_server_…`, `nodejs_…`,
 * `process_…`) and Prometheus's otherwise: the unit last, `_total` for counters.
 */
export const METRICS = {
  tandem_webhooks_total: {
    kind: "counter",
    unit: "{webhook}",
    labels: ["topic", "outcome"],
    help: "Verified webhooks by outcome.",
  },
  tandem_webhooks_refused_total: {
    kind: "counter",
    unit: "{webhook}",
    labels: ["reason"],
    help: "Webhooks whose signature or headers were wrong.",
  },
  tandem_webhook_lag_seconds: {
    kind: "histogram",
    unit: "s",
    labels: [],
    help: "Time from the change in the shop (X-Shopify-Triggered-At) to the commit.",
    buckets: LAG_S,
  },
  tandem_quarantined_total: {
    kind: "counter",
    unit: "{payload}",
    labels: ["problem"],
    help: "Payloads that could not be read and were quarantined.",
  },
  tandem_collector_posts_total: {
    kind: "counter",
    unit: "{post}",
    labels: ["outcome", "reason"],
    help: "Posts from shoppers' browsers by outcome.",
  },
  tandem_commit_duration_seconds: {
    kind: "histogram",
    unit: "s",
    labels: ["table"],
    help: "One statement of the group commit, commit included.",
    buckets: FAST_S,
  },
  tandem_commit_entries: {
    kind: "histogram",
    unit: "{entry}",
    labels: ["table"],
    help: "Entries that shared one statement.",
    buckets: GROUP,
  },
  tandem_events_total: {
    kind: "counter",
    unit: "{event}",
    labels: ["origin", "outcome"],
    help: "Events offered to the ledger.",
  },
  tandem_contexts_total: {
    kind: "counter",
    unit: "{order}",
    labels: ["result"],
    help: "Website orders decided with the browser's receipt (joined) or without it (expired).",
  },
  tandem_events_decided_total: {
    kind: "counter",
    unit: "{event}",
    labels: ["decision", "reason"],
    help: "Events decided: sent, or withheld and refused with the reason.",
  },
  tandem_deliveries_total: {
    kind: "counter",
    unit: "{delivery}",
    labels: ["result"],
    help: "Deliveries by the result stored after a round of sending.",
  },
  tandem_graph_requests_total: {
    kind: "counter",
    unit: "{request}",
    labels: ["verdict", "code"],
    help: "Requests to Meta by verdict and Meta's error code.",
  },
  tandem_graph_unknown_answers_total: {
    kind: "counter",
    unit: "{request}",
    labels: [],
    help: "Answers from Meta without a row in the verdict table.",
  },
  tandem_graph_events_total: {
    kind: "counter",
    unit: "{event}",
    labels: ["verdict"],
    help: "Events in those requests; a retried event counts again.",
  },
  tandem_graph_request_duration_seconds: {
    kind: "histogram",
    unit: "s",
    labels: ["verdict"],
    help: "How long Meta took to answer.",
    buckets: FAST_S,
  },
  tandem_queue_age_seconds: {
    kind: "gauge",
    unit: "s",
    labels: ["queue"],
    help: "How long the oldest due event has waited for its decision, and for its delivery.",
  },
  tandem_pixels: {
    kind: "gauge",
    unit: "{pixel}",
    labels: ["state"],
    help: "Pixels by their state.",
  },
  tandem_quarantine_payloads: {
    kind: "gauge",
    unit: "{payload}",
    labels: [],
    help: "Quarantined payloads that wait to be replayed.",
  },
  http_server_request_duration_seconds: {
    kind: "histogram",
    unit: "s",
    labels: ["http_route", "http_request_method", "http_response_status_code"],
    help: "Responses of this process's HTTP server.",
    buckets: FAST_S,
  },
  nodejs_eventloop_delay_p50_seconds: {
    kind: "gauge",
    unit: "s",
    labels: [],
    help: "Median delay of the event loop since the last scrape.",
  },
  nodejs_eventloop_delay_p99_seconds: {
    kind: "gauge",
    unit: "s",
    labels: [],
    help: "99th percentile of the event loop's delay since the last scrape.",
  },
  nodejs_eventloop_utilization: {
    kind: "gauge",
    unit: "1",
    labels: [],
    help: "Share of the time since the last scrape in which the event loop was busy.",
  },
  process_resident_memory_bytes: {
    kind: "gauge",
    unit: "By",
    labels: [],
    help: "Memory that this process holds (RSS).",
  },
  process_cpu_seconds_total: {
    kind: "counter",
    unit: "s",
    labels: [],
    help: "Processor time of this process.",
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

export type MetricName = keyof typeof METRICS;
type OfKind<Kind> = { [Name in MetricName]: (typeof METRICS)[Name]["kind"] extends Kind ? Name : never }[MetricName];
export type CounterName = Exclude<OfKind<"counter">, "process_cpu_seconds_total">;
export type HistogramName = OfKind<"histogram">;

/** The table's rows by name, for iteration. */
export const METRIC_ROWS: ReadonlyMap<string, MetricRow> = new Map<string, MetricRow>(Object.entries(METRICS));
