import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fieldsOfText } from "../../app/event-contract/json.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
// Text that JSON can carry and PostgreSQL cannot: U+0000 (SQLSTATE 22P05), half a surrogate pair (22P02).
const NUL = "\u0000";
const HALF = "\ud83d";

let meta: MetaSimulator;
let app: TestApp;
let shop: string;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL.metaPixelId, token: PIXEL.token });
  app = await startAppOn("pglite", meta.httpUrl);
});
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
});
afterAll(async () => {
  await app.close();
  await meta.close();
});

const anOrder = (fields: Readonly<Record<string, unknown>>): string =>
  anOrderWebhook({ shop, orderId: "900", placedAt: new Date().toISOString() }, fields);
const quarantined = () =>
  app.opened.database.prisma.quarantine.findMany({ where: { shop }, select: { problem: true, detail: true } });

test.each([
  ["the landing page", { landing_site: `/?utm_source=a${NUL}b${HALF}` }],
  ["an item's SKU", { line_items: [{ quantity: 1, price: "25.00", variant_id: 41001, sku: `TEA${NUL}-${HALF}` }] }],
  ["a name", { customer: { first_name: `Ada${NUL}`, last_name: HALF } }],
  ["a cart attribute", { note_attributes: [{ name: `gift${NUL}`, value: HALF }] }],
])("an order is sold all the same where %s cannot be stored", async (_where, fields) => {
  await app.opened.settings.save(app.domain(shop), { contentId: "sku" }, "test");

  const { status } = await postWebhook(app.url, anOrder(fields), { shop });

  expect(status).toBe(200);
  expect(await app.eventsOf(shop)).toMatchObject([{ eventName: "Purchase", reason: null }]);
  expect(await quarantined()).toEqual([]);
});

test.each([
  ["checkout_token", { checkout_token: `c0ffee${NUL}` }],
  ["source_name", { source_name: `web${HALF}` }],
  ["line_items.0.variant_id", { line_items: [{ quantity: 1, price: "25.00", variant_id: `4${NUL}` }] }],
])("an order whose %s cannot be stored is quarantined, with the reason", async (field, fields) => {
  const { status } = await postWebhook(app.url, anOrder(fields), { shop });

  expect(status).toBe(200);
  expect(await app.eventsOf(shop)).toEqual([]);
  expect(await quarantined()).toEqual([
    {
      problem: "not-an-order",
      detail: `${field}: holds U+0000 or half a surrogate pair, which PostgreSQL cannot store`,
    },
  ]);
});

test("an order that PostgreSQL refuses for another value is quarantined too, and not requested again", async () => {
  const { status } = await postWebhook(app.url, anOrder({ processed_at: "-100000-01-01T00:00:00Z" }), { shop });

  expect(status).toBe(200);
  const [kept] = await quarantined();
  expect([kept?.problem, kept?.detail]).toEqual([
    "not-storable",
    expect.stringMatching(/^PostgreSQL refused a value .*22/),
  ]);
});

test.each([
  ["a page's text", { data: { value: 1, currency: "USD", content_name: NUL } }],
  ["half a character", { userAgent: HALF }],
  ["an address", { url: `https://tea.example.com/${NUL}` }],
  ["a version beyond PostgreSQL's integers", { settingsVersion: 2 ** 31 }],
  ["a time beyond every calendar", { at: 8.7e15 }],
  ["a consent from beyond every calendar", { consent: { marketing: true, saleOfData: true, at: 1e300 } }],
])("a post to the collector with %s is a 400", async (_what, changes) => {
  const post = JSON.stringify({ ...fieldsOfText(aCheckoutReceipt({ shop, orderId: "900" })), ...changes });

  expect((await app.collect(shop, post)).status).toBe(400);
});

test.each(["%00", "a%00b", "%ED%A0%80", "x".repeat(200)])(
  "a collector address that is none is no outage: %s",
  async (key) => {
    const { status } = await fetch(`${app.url}/collect/${key}`, { method: "POST", body: aCheckoutReceipt({ shop }) });

    expect([400, 404]).toContain(status);
  },
);
