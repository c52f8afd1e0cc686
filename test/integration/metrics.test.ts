import { afterAll, beforeAll, expect, test } from "vitest";
import { METRIC_ROWS } from "../../app/telemetry/metrics-table.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";
const METRICS_TOKEN = "a-token-for-the-scraper";

let meta: MetaSimulator;
let app: TestApp;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  app = await startTestApp({
    dataDir: "memory://",
    graphUrl: meta.httpUrl,
    environment: { TANDEM_METRICS_TOKEN: METRICS_TOKEN },
  });
});

afterAll(async () => {
  await app.close();
  await meta.close();
});

const scrape = async (token = METRICS_TOKEN): Promise<Response> =>
  fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });

/** Series and their values, by the whole line before the value. */
const series = async (): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (await (await scrape()).text())
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );

const nameOf = (line: string): string => line.replace(/\{.*/, "").replace(/_(?:bucket|sum|count)$/, "");

test("an order, its receipt and refused requests show in the metrics, each under a documented name", async () => {
  const shop = await app.connectedShop({ metaPixelId: PIXEL, token: TOKEN });
  const checkoutToken = `checkout-${shop.split(".")[0]}-90017321`;
  const order = { shop, orderId: "90017321", checkoutToken, placedAt: new Date().toISOString() };
  await app.collect(shop, aCheckoutReceipt({ shop, orderId: "90017321", checkoutToken }));
  await app.collect(shop, "no JSON");
  await postWebhook(app.url, anOrderWebhook(order), { shop });
  await postWebhook(app.url, anOrderWebhook({ ...order, orderId: "90017322" }, { test: true }), { shop });
  await postWebhook(app.url, '{"id":1}', { shop });
  await postWebhook(app.url, "{}", { shop, headers: { "x-shopify-hmac-sha256": "AAAA" } });
  await expect
    .poll(async () => (await app.eventsOf(shop)).map(({ state }) => state))
    .toEqual(expect.arrayContaining(["delivered", "withheld"]));

  const values = await series();

  expect(Object.fromEntries(values)).toMatchObject({
    'tandem_webhooks_total{topic="orders/paid",outcome="added"}': 2,
    'tandem_webhooks_total{topic="orders/paid",outcome="quarantined"}': 1,
    'tandem_webhooks_refused_total{reason="bad-hmac"}': 1,
    'tandem_quarantined_total{problem="not-an-order"}': 1,
    'tandem_collector_posts_total{outcome="accepted",reason=""}': 1,
    'tandem_collector_posts_total{outcome="refused",reason="not-json"}': 1,
    tandem_webhook_lag_seconds_count: 3,
    'tandem_commit_entries_sum{table="event"}': 2,
    'tandem_events_total{origin="webhook",outcome="added"}': 2,
    'tandem_contexts_total{result="joined"}': 1,
    'tandem_events_decided_total{decision="send",reason=""}': 1,
    'tandem_events_decided_total{decision="withheld",reason="test-order"}': 1,
    'tandem_graph_requests_total{verdict="accepted",code="none"}': 1,
    'tandem_deliveries_total{result="delivered"}': 1,
    'tandem_pixels{state="active"}': 1,
    'tandem_queue_age_seconds{queue="deliver"}': 0,
  });
  const names = new Set([...values.keys()].map(nameOf));
  expect([...METRIC_ROWS.keys()].filter((name) => !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !METRIC_ROWS.has(name))).toEqual([]);
});

test("no series names a shop, a pixel or an order", async () => {
  const text = await (await scrape()).text();

  expect(text).not.toMatch(/myshopify|1234567890123456|90017321/);
  expect(text).toContain('http_route="/webhooks/orders"');
});

test("the metrics require the token", async () => {
  const without = await fetch(`${app.url}/metrics`);
  const wrong = await scrape(`${METRICS_TOKEN}x`);

  expect([without.status, wrong.status, (await scrape()).status]).toEqual([401, 401, 200]);
  expect(await without.text()).not.toContain("tandem_");
});

test.each(["/metrics", "/healthz", "/readyz"])(
  "%s is kept by no cache, and its type is not guessed",
  async (address) => {
    for (const authorization of ["Bearer wrong", `Bearer ${METRICS_TOKEN}`]) {
      const { headers } = await fetch(`${app.url}${address}`, { headers: { authorization } });
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  },
);
