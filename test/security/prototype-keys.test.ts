import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { recordedEvents } from "../support/recorded.ts";

const KEYS = ["__proto__", "constructor", "prototype"] as const;
const POLLUTION = '{"polluted":"yes","prototype":{"polluted":"yes"},"waitForPaymentDays":59}';

let app: TestApp;
let shop: string;
beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAprototypetoken" });
});
afterAll(() => app.close());

const OWN = Object.getOwnPropertyNames(Object.prototype);
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(OWN);
  for (const inheriting of [{}, [], Object]) expect("polluted" in inheriting).toBe(false);
});

/** The JSON text with the keys at its top and inside each of its objects. */
const withKeys = (json: string): string =>
  json.replaceAll("{", `{${KEYS.map((key) => `"${key}":${POLLUTION},`).join("")}`).replaceAll(",}", "}");

test("in posts to the collector they change no prototype, and nothing of them is stored", async () => {
  for (const name of ["PageView", "Purchase"]) {
    const post = aCheckoutReceipt({ shop, name, id: `keys.${name}`, orderId: "77001", checkoutToken: "keys" });
    const { status } = await app.collect(shop, withKeys(post));
    expect([204, 400]).toContain(status);
  }
  expect(JSON.stringify(await recordedEvents(app.opened.database, shop))).not.toContain("polluted");
});

test("in webhooks they change no prototype, and the order is counted as ever", async () => {
  const order = anOrderWebhook({ shop, orderId: "77002", source: "pos", placedAt: new Date().toISOString() });
  expect((await postWebhook(app.url, withKeys(order), { shop })).status).toBe(200);
  for (const topic of ["app/scopes_update", "customers/data_request", "customers/redact"]) {
    const { status } = await postWebhook(app.url, withKeys('{"current":["read_orders"]}'), {
      shop,
      topic,
      path: "/webhooks/app",
    });
    expect(status).toBe(200);
  }
  await expect.poll(() => app.eventsOf(shop)).toContainEqual(expect.objectContaining({ eventName: "Purchase" }));
});
