import {
  type Attributes,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  trace,
  TraceFlags,
  type Tracer,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { AttemptRecord, Settled } from "../outbox/types.ts";
import { type TracedEvent, traceOf } from "./event-trace.server.ts";
import type { Took, Watcher } from "./types.ts";

export type Traces = {
  readonly watcher: Pick<Watcher, "webhook" | "added" | "decided" | "requested" | "settled">;
  /** Sends the waiting spans, for at most a second. */
  readonly close: () => Promise<void>;
};

export type TracesOptions = {
  /** OTLP over HTTP; headers and time limits are read by OpenTelemetry itself from OTEL_EXPORTER_OTLP_…. */
  readonly url: string;
  /** The share of the events that is traced, 0 to 1: the same ones in every process. */
  readonly ratio: number;
  /** Distinguishes this process's spans from those of other roles. */
  readonly role: string;
};

type SpanOf = {
  readonly name: string;
  readonly took: Took;
  readonly kind?: SpanKind;
  readonly attributes: Attributes;
  readonly links?: readonly Link[];
  /** The first span of its event, with the IDs that the other spans refer to. */
  readonly isFirst?: boolean;
};

type Tracing = {
  readonly event: (event: TracedEvent, span: SpanOf) => void;
  readonly alone: (span: SpanOf) => SpanContext;
};

type Request = { readonly context: SpanContext; readonly startedAt: Date };

const CLOSE_MS = 1_000;
// One pixel's round makes far fewer requests before it settles their events.
const REQUESTS_KEPT = 256;

/**
 * Spans are written afterwards, from the times that the watcher recorded: no context is passed along, no header is sent
 * to Meta or read from outside, and the pipeline's code is not involved. Attributes hold IDs, never personal data.
 */
export function openTraces({ url, ratio, role }: TracesOptions): Traces {
  const random = new RandomIdGenerator();
  let first: { traceId: string; spanId: string } | null = null;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "tandem", "tandem.role": role }),
    // Sampled by the trace ID alone, so that all processes decide alike for one event.
    sampler: new TraceIdRatioBasedSampler(ratio),
    idGenerator: {
      generateTraceId: () => first?.traceId ?? random.generateTraceId(),
      generateSpanId: () => first?.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const tracer = provider.getTracer("tandem");
  const requests = new Map<bigint, Request>();
  const tracing: Tracing = {
    alone: (span) => write(tracer, ROOT_CONTEXT, span),
    event: (event, span) => {
      const ids = traceOf(event);
      if (span.isFirst) {
        first = ids;
        write(tracer, ROOT_CONTEXT, span);
        first = null;
      } else {
        write(tracer, trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags: TraceFlags.SAMPLED }), span);
      }
    },
  };
  return {
    watcher: {
      ...intakeSpans(tracing),
      requested: (attempt, id) => {
        requests.set(id, { context: requestSpan(tracing, attempt), startedAt: attempt.startedAt });
        const [oldest] = requests.keys();
        if (requests.size > REQUESTS_KEPT && oldest !== undefined) requests.delete(oldest);
      },
      settled: (settled, at) => {
        for (const one of settled) deliverySpan(tracing, one, { at, requests });
      },
    },
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

function write(tracer: Tracer, context: typeof ROOT_CONTEXT, { name, kind, took, ...span }: SpanOf): SpanContext {
  const written = tracer.startSpan(
    name,
    {
      kind: kind ?? SpanKind.INTERNAL,
      startTime: took.from,
      attributes: span.attributes,
      links: [...(span.links ?? [])],
    },
    context,
  );
  written.end(new Date(took.from.getTime() + took.ms));
  return written.spanContext();
}

const eventAttributes = ({ shop, eventName, eventId }: TracedEvent): Attributes => ({
  "tandem.shop": shop,
  "tandem.event.name": eventName,
  "tandem.event.id": eventId,
});

const intakeSpans = ({ event }: Tracing): Pick<Watcher, "webhook" | "added" | "decided"> => ({
  webhook: ({ shop, topic, webhookId }, { kind, eventId }, took) => {
    if (eventId === null) return;
    const key = { shop, eventName: "Purchase", eventId };
    const attributes = {
      ...eventAttributes(key),
      "tandem.webhook.topic": topic,
      "tandem.webhook.id": webhookId,
      "tandem.outcome": kind,
    };
    event(key, { name: "webhook", kind: SpanKind.SERVER, took, attributes, isFirst: kind === "added" });
  },
  added: ({ shop, body, origin }, { webhookId, outcome }, took) => {
    const key = { shop, eventName: body.event_name, eventId: body.event_id };
    const attributes = { ...eventAttributes(key), "tandem.origin": origin, "tandem.outcome": outcome };
    // An event without a webhook begins with its commit.
    event(key, { name: "commit", took, attributes, isFirst: webhookId === null && outcome === "added" });
  },
  decided: (decisions, took) => {
    for (const { key, ...decision } of decisions) {
      const reason = decision.kind === "withhold" ? { "tandem.reason": decision.reason } : {};
      const attributes = { ...eventAttributes(key), "tandem.decision": decision.kind, ...reason };
      event(key, { name: "decide", took, attributes });
    }
  },
});

/** A request carries many events, so it has its own trace, which the events' traces link to. */
function requestSpan({ alone }: Tracing, attempt: AttemptRecord): SpanContext {
  const { shop, pixelId, verdict, events, httpStatus, code, traceId, startedAt, durationMs } = attempt;
  const attributes: Attributes = {
    "tandem.shop": shop,
    "tandem.destination.id": pixelId,
    "tandem.events": events,
    "tandem.verdict": verdict,
    ...(httpStatus !== null && { "http.response.status_code": httpStatus }),
    ...(code !== null && { "meta.error.code": code }),
    ...(traceId !== null && { "meta.trace.id": traceId }),
  };
  return alone({
    name: "graph request",
    kind: SpanKind.CLIENT,
    took: { from: startedAt, ms: durationMs },
    attributes,
  });
}

function deliverySpan(
  { event }: Tracing,
  { claim, settlement, attemptIds }: Settled,
  { at, requests }: { readonly at: Date; readonly requests: ReadonlyMap<bigint, Request> },
): void {
  const carried = attemptIds.flatMap((id) => requests.get(id) ?? []);
  const from = carried[0]?.startedAt ?? at;
  const attributes = {
    ...eventAttributes(claim),
    "tandem.destination.id": claim.pixelId,
    "tandem.result": settlement.kind,
    "tandem.attempts": claim.attempts + attemptIds.length,
  };
  const links = carried.map(({ context }) => ({ context }));
  event(claim, { name: "deliver", took: { from, ms: at.getTime() - from.getTime() }, attributes, links });
}
