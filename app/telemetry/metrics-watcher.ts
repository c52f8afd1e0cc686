import type { VerifiedWebhook, WebhookTopic } from "../shopify/types.ts";
import type { Decision } from "../outbox/types.ts";
import type { CounterName, HistogramName } from "./metrics-table.ts";
import type { Watcher } from "./types.ts";

/** Where facts are recorded. Label values are in the order of the metric's row. */
export type Instruments = {
  readonly count: (name: CounterName, values: readonly string[], by?: number) => void;
  readonly record: (name: HistogramName, value: number, values?: readonly string[]) => void;
};

// A subscription can name any topic, and a label must have few values.
const TOPICS: Readonly<Record<WebhookTopic, true>> = {
  "orders/create": true,
  "orders/paid": true,
  "orders/updated": true,
  "orders/cancelled": true,
  "orders/fulfilled": true,
  "fulfillments/create": true,
  "fulfillments/update": true,
  "fulfillment_events/create": true,
  "refunds/create": true,
  "app/uninstalled": true,
  "app/scopes_update": true,
  "customers/data_request": true,
  "customers/redact": true,
  "shop/redact": true,
};

/** Records facts as metrics. Shops and pixels are not labels, because each would add a series per shop. */
export function metricsWatcher({ count, record }: Instruments): Watcher {
  return {
    webhook: (webhook, { kind }, took) => {
      count("tandem_webhooks_total", [Object.hasOwn(TOPICS, webhook.topic) ? webhook.topic : "other", kind]);
      const lag = lagOf(webhook, took.from.getTime() + took.ms);
      if (lag !== null) record("tandem_webhook_lag_seconds", lag);
    },
    webhookRefused: (reason) => count("tandem_webhooks_refused_total", [reason]),
    quarantined: ({ code }) => count("tandem_quarantined_total", [code]),
    posted: (outcome, because) => count("tandem_collector_posts_total", [outcome, because]),
    written: (table, entries, tookMs) => {
      record("tandem_commit_duration_seconds", tookMs / 1000, [table]);
      record("tandem_commit_entries", entries, [table]);
    },
    added: ({ origin, state, reason }, { outcome }) => {
      count("tandem_events_total", [origin, outcome]);
      // Withheld by a rule of the merchant or by the kind of order, before any join.
      const isWithheld = state === "withheld" && (outcome === "added" || outcome === "advanced");
      if (isWithheld) count("tandem_events_decided_total", ["withheld", reason ?? ""]);
    },
    undecided: (events) => {
      for (const { origin, body, receipt } of events) {
        if (origin === "collector" || body.event_name !== "Purchase" || body.action_source !== "website") continue;
        count("tandem_contexts_total", [receipt === null ? "expired" : "joined"]);
      }
    },
    decided: (decisions) => {
      for (const decision of decisions) count("tandem_events_decided_total", wordsOf(decision));
    },
    requested: ({ verdict, code, events, durationMs, unknown }) => {
      count("tandem_graph_requests_total", [verdict, code === null ? "none" : String(code)]);
      count("tandem_graph_events_total", [verdict], events);
      record("tandem_graph_request_duration_seconds", durationMs / 1000, [verdict]);
      if (unknown === true) count("tandem_graph_unknown_answers_total", []);
    },
    settled: (settled) => {
      for (const { settlement } of settled) count("tandem_deliveries_total", [settlement.kind]);
    },
    answered: ({ route, method, status, ms }) =>
      record("http_server_request_duration_seconds", ms / 1000, [route, method, String(status)]),
  };
}

const wordsOf = (decision: Decision): readonly string[] =>
  decision.kind === "send" ? ["send", ""] : [decision.ending ?? "withheld", decision.reason];

/** Seconds from the change in the shop to `at`; null if Shopify did not send its time. */
function lagOf({ triggeredAt }: VerifiedWebhook, at: number): number | null {
  const triggered = triggeredAt === null ? Number.NaN : Date.parse(triggeredAt);
  return Number.isNaN(triggered) ? null : Math.max(0, (at - triggered) / 1000);
}
