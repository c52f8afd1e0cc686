import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type Span = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
};
type Export = {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
};

const spans: Span[] = [];
const requests: { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[] = [];
let world: Server;
let url: string;

/** Both ends of the world at once: Meta, which takes everything, and a collector of spans. */
beforeAll(async () => {
  world = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const path = request.url ?? "";
      requests.push({ path, headers: request.headers, body });
      if (path === "/v1/traces") spans.push(...spansIn(body));
      response.setHeader("content-type", "application/json");
      response.end(path === "/v1/traces" ? "{}" : JSON.stringify({ events_received: 1, fbtrace_id: "Atrace" }));
    });
  });
  await new Promise<void>((resolve) => world.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  url = `http://127.0.0.1:${(world.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => world.close(resolve));
});

// What OTLP's JSON form looks like, as far as it is read here.
const spansIn = (body: string): readonly Span[] =>
  (JSON.parse(body) as Export).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));

const named = (name: string): Span => {
  const [span, ...more] = spans.filter((one) => one.name === name);
  if (span === undefined || more.length > 0) throw new Error(`${name}: ${spans.map((one) => one.name).join()}`);
  return span;
};

test("one order is one trace from its webhook to Meta's answer, and the request that carried it is linked", async () => {
  const app = await startTestApp({
    dataDir: "memory://",
    graphUrl: url,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: url },
  });
  const shop = await app.connectedShop({ metaPixelId: PIXEL, token: "EAAtoken-of-the-test-pixel" });
  await postWebhook(
    app.url,
    anOrderWebhook({ shop, orderId: "910", source: "pos", placedAt: new Date().toISOString() }),
    {
      shop,
    },
  );
  await expect.poll(async () => (await app.eventsOf(shop)).map(({ state }) => state)).toEqual(["delivered"]);
  await app.close();

  const webhook = named("webhook");
  const ofTheEvent = ["commit", "decide", "deliver"].map(named);
  expect(ofTheEvent.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
    ofTheEvent.map(() => [webhook.traceId, webhook.spanId]),
  );
  const { traceId, spanId } = named("graph request");
  expect(named("deliver").links).toEqual([expect.objectContaining({ traceId, spanId })]);
  expect(traceId).not.toBe(webhook.traceId);
});

test("spans contain IDs and no personal data, and are not sent to Meta", () => {
  // Not the spans' own random ids and times: those may spell anything.
  const sent = JSON.stringify(spans.map(({ name, attributes }) => [name, attributes]));
  const toMeta = requests.filter(({ path }) => path.includes(PIXEL));

  expect(sent).toContain("purchase.");
  expect(sent).not.toMatch(/@|\bada\b|lovelace|5551212|EAAtoken|\b[0-9a-f]{64}\b/i);
  expect(toMeta.length).toBeGreaterThan(0);
  expect(
    toMeta.filter(({ headers }) => "traceparent" in headers || "tracestate" in headers || "baggage" in headers),
  ).toEqual([]);
});
