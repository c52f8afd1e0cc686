import { expect, test, vi } from "vitest";
import { shopDomain } from "../../app/event-contract/event-id.ts";
import { readEnv, EnvProblem } from "../../app/env/env.server.ts";
import type { VerifiedWebhook } from "../../app/shopify/types.ts";
import { instrumentedWebhooks } from "../../app/server/instrumented-ports.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createServer } from "../../app/server/http/create-server.server.ts";
import { traceOf } from "../../app/telemetry/event-trace.server.ts";
import { openMetrics } from "../../app/telemetry/metrics.server.ts";
import { tally } from "../../app/telemetry/tally.ts";
import { appEnvironment } from "../simulators/app-process.ts";
import { NO_FLOW, NO_HOOKS, NO_LEADS } from "../support/no-leads.ts";

test("counts are kept per label combination, and a label with too many values is capped", () => {
  const counts = tally(["code"]);
  for (let n = 0; n < 2_000; n++) counts.add([String(n % 1_000)]);

  const seen = new Map<string, number>();
  counts.forEach((count, { code }) => seen.set(String(code), count));

  expect(seen.get("0")).toBe(2);
  expect(seen.size).toBeLessThanOrEqual(501);
  expect(seen.get("other")).toBe(1_000);
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(2_000);
});

test("two processes derive the same trace for one event, and different ones for two events", () => {
  const event = { shop: "a.myshopify.com", eventName: "Purchase", eventId: "purchase.a.1" };

  expect(traceOf(event)).toEqual(traceOf({ ...event }));
  expect(traceOf(event).traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(traceOf(event).spanId).toMatch(/^[0-9a-f]{16}$/);
  const others = [{ shop: "b.myshopify.com" }, { eventName: "Lead" }, { eventId: "purchase.a.2" }];
  expect(new Set([{}, ...others].map((change) => traceOf({ ...event, ...change }).traceId)).size).toBe(4);
});

test("a worker has metrics too, and an unavailable database removes only its own figures", async () => {
  const metrics = openMetrics(async () => null);
  const refuse = async (): Promise<never> => Promise.reject(new Error("a worker takes nothing"));
  const server = await createServer(
    {
      webhooks: { verify: refuse, acceptOrder: refuse, acceptAppWebhook: refuse },
      queued: { checkGoogleToken: null, eventbridgeToken: undefined, accept: refuse, refused: () => undefined },
      collect: refuse,
      leads: NO_LEADS,
      flow: NO_FLOW,
      leadHooks: NO_HOOKS,
      noteRefusal: () => undefined,
      readiness: async () => ({ kind: "not-ready", because: "database", status: "away" }),
      telemetry: metrics,
      now: () => new Date(),
      log: createLogger({ level: "silent", name: "test" }),
    },
    {
      role: "worker",
      remix: null,
      trustProxy: false,
      metricsToken: "a-token-for-the-scraper",
      collectLimits: { perAddress: 1, perShop: 1 },
    },
  );

  const ready = await server.inject({ url: "/readyz" });
  const headers = { authorization: "Bearer a-token-for-the-scraper" };
  const { statusCode, body } = await server.inject({ url: "/metrics", headers });
  await server.close();
  await metrics.close();

  expect([ready.statusCode, ready.json()]).toEqual([503, { status: "away", because: "database" }]);
  expect(statusCode).toBe(200);
  expect(body).toContain("process_resident_memory_bytes ");
  expect(body).toContain('http_route="/readyz"');
  expect(body).not.toContain("tandem_queue_age_seconds{");
});

test("a failed webhook is recorded only by its status", async () => {
  const metrics = openMetrics(async () => null);
  const counted = vi.fn();
  const fails = async (): Promise<never> => Promise.reject(new Error("the database is away"));
  const ports = instrumentedWebhooks(
    { verify: async () => ({ kind: "bad-hmac" }), acceptOrder: fails, acceptAppWebhook: fails },
    { ...metrics.watcher, webhook: counted },
  );
  await metrics.close();

  await expect(ports.acceptOrder(WEBHOOK)).rejects.toThrow("away");
  expect(counted).not.toHaveBeenCalled();
});

test.each([
  [{ TANDEM_METRICS_TOKEN: "short" }, "at least 16"],
  [{ TANDEM_EVENTBRIDGE_TOKEN: "short" }, "at least 16"],
  [{ TANDEM_GOHIGHLEVEL_KEY: "MCowBQYDK2VwAyEA" }, "public Ed25519 key"],
  [{ OTEL_TRACES_SAMPLER_ARG: "2" }, "from 0 to 1"],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318" }, "http://localhost:4318"],
  [{ TANDEM_PUBSUB_AUDIENCE: "https://a.example.com" }, "belong together"],
  [{ TANDEM_PUBSUB_SERVICE_ACCOUNT: "push@p.iam.gserviceaccount.com" }, "belong together"],
])("the start is refused with %o", (given, sentence) => {
  const env = appEnvironment({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", port: 0, env: given });

  expect(() => readEnv(env)).toThrow(EnvProblem);
  expect(() => readEnv(env)).toThrow(sentence);
});

test("an exporter's address gets OpenTelemetry's own path", () => {
  const given = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/", OTEL_TRACES_SAMPLER_ARG: "0.1" };
  const env = readEnv(appEnvironment({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", port: 0, env: given }));

  expect(env.traces).toEqual({ url: "http://collector:4318/v1/traces", ratio: 0.1 });
  expect(env.metricsToken).toBeUndefined();
});

const shop = shopDomain("a.myshopify.com");
if (shop === null) throw new Error("a.myshopify.com is a shop");
const WEBHOOK: VerifiedWebhook = {
  shop,
  topic: "orders/paid",
  webhookId: "1",
  apiVersion: "2026-10",
  triggeredAt: null,
  body: "{}",
};
