import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseMoney, currencyCode } from "../../app/event-contract/money.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine } from "../fixtures/orders/true-sale.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const MUG = aLine({ variantId: "41001", unit: 1250, quantity: 2 });
const TOWEL = aLine({ variantId: "41002", unit: 2500, quantity: 1 });

let meta: MetaSimulator;
let app: TestApp;
let shop: string;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  app = await startAppOn("pglite", meta.httpUrl);
});

afterAll(async () => {
  await app.close();
  await meta.close();
});

/** A shop that wants net revenue and whose mug costs 4.00 USD apiece, as Shopify told it. */
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
  const domain = app.domain(shop);
  await app.opened.settings.save(domain, { netRevenue: true, netRevenueCoverage: 80 }, "test");
  await app.opened.unitCosts.ofSold(domain, ["41001"]);
  const usd = currencyCode("USD");
  await app.opened.unitCosts.save(domain, new Map([["41001", usd && parseMoney("4.00", usd)]]));
});

async function sold(orderId: string, lines: readonly ReturnType<typeof aLine>[]) {
  const order = { shop, orderId, lines, source: "pos", placedAt: new Date().toISOString() };
  await postWebhook(app.url, anOrderWebhook(order), { shop });
  const eventId = `purchase.${shop.split(".")[0] ?? ""}.${orderId}`;
  const sent = () => meta.received().find((event) => event.eventId === eventId);
  await expect.poll(sent).toBeDefined();
  const detail = await app.opened.eventLog.detail(app.domain(shop), "Purchase", eventId);
  return { body: sent()?.server?.event, note: detail?.netRevenue };
}

test("a sale with known item costs sends its net revenue to Meta, and the event stores the coverage", async () => {
  const { body, note } = await sold("801", [MUG]);
  expect(body).toMatchObject({ custom_data: { value: 25, currency: "USD", net_revenue: 17 } });
  expect(note).toEqual({ reported: 17, coverage: 100, reason: null });
});

test("a sale below the coverage is sent without net revenue, and the event stores the reason", async () => {
  const { body, note } = await sold("802", [MUG, TOWEL]);
  expect(body).toMatchObject({ custom_data: { value: 50, currency: "USD" } });
  expect(JSON.stringify(body)).not.toContain("net_revenue");
  expect(note).toEqual({ reported: null, coverage: 50, reason: "costs-below-coverage" });
});

test("a shop with net revenue off stores no cost data", async () => {
  await app.opened.settings.save(app.domain(shop), { netRevenue: false }, "test");
  const { body, note } = await sold("803", [MUG]);
  expect(JSON.stringify(body)).not.toContain("net_revenue");
  expect(note).toBeNull();
});
