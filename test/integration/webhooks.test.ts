import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";

let meta: MetaSimulator;
let app: TestApp;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  app = await startAppOn("pglite", meta.httpUrl);
});

afterAll(async () => {
  await app.close();
  await meta.close();
});

let shop: string;
beforeEach(async () => {
  shop = await app.connectedShop({ metaPixelId: PIXEL, token: TOKEN });
});

const anOrder = (orderId: string, changes: Parameters<typeof anOrderWebhook>[0] = {}): string =>
  anOrderWebhook({
    shop,
    orderId,
    checkoutToken: `checkout-${shop.split(".")[0]}-${orderId}`,
    placedAt: new Date().toISOString(),
    ...changes,
  });

const purchases = () =>
  meta
    .received()
    .filter((event) => event.eventName === "Purchase" && event.eventId?.includes(shop.split(".")[0] ?? "?"));

test("a paid order with its browser receipt reaches Meta once, with the receipt's browser context and hashed identity", async () => {
  const checkoutToken = `checkout-${shop.split(".")[0]}-700`;
  const receipt = aCheckoutReceipt({ shop, orderId: "700", checkoutToken });

  const collected = await app.collect(shop, receipt);
  const accepted = await postWebhook(app.url, anOrder("700"), { shop });

  expect([collected.status, accepted.status]).toEqual([204, 200]);
  await expect.poll(purchases).toHaveLength(1);
  const [purchase] = purchases();
  const sent = purchase?.server?.event as {
    user_data: Record<string, unknown>;
    custom_data: unknown;
    event_source_url: string;
  };
  expect(purchase?.serverCopies).toBe(1);
  expect(sent.custom_data).toEqual({
    value: 25,
    currency: "USD",
    content_ids: ["41001"],
    content_type: "product",
    contents: [{ id: "41001", quantity: 2, item_price: 12.5 }],
    num_items: 2,
    order_id: "700",
  });
  expect(sent.user_data["fbp"]).toBe("fb.1.1790000000000.123456789");
  expect(sent.user_data["em"]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(JSON.stringify(sent)).not.toMatch(/@|\bada\b|menlo|5551212/i);
});

test("the same delivery twice, and the same order under two topics, give one event", async () => {
  const webhookId = randomUUID();
  const body = anOrder("701", { buyer: { ...buyerIn("US") } });

  const statuses = [
    await postWebhook(app.url, body, { shop, webhookId }),
    await postWebhook(app.url, body, { shop, webhookId }),
    await postWebhook(app.url, body, { shop, topic: "orders/updated" }),
  ].map((answer) => answer.status);

  expect(statuses).toEqual([200, 200, 200]);
  expect(await app.eventsOf(shop)).toHaveLength(1);
});

test.each(["580111", "some-app", "shopify_draft_order"])(
  "an order of %s with a checkout waits for its browser, whose receipt makes it a website's",
  async (source) => {
    const checkoutToken = `checkout-${shop.split(".")[0]}-710`;
    const body = anOrderWebhook(
      { shop, orderId: "710", source, placedAt: new Date().toISOString(), buyer: buyerIn("US") },
      { checkout_token: checkoutToken, landing_site: null },
    );

    await postWebhook(app.url, body, { shop });
    await setTimeout(300);
    const consent = { marketing: true, saleOfData: false, at: Date.now() };
    await app.collect(shop, aCheckoutReceipt({ shop, orderId: "710", checkoutToken, consent }));

    await expect.poll(purchases).toHaveLength(1);
    expect(purchases()[0]?.server?.event).toMatchObject({
      action_source: "website",
      event_source_url: `https://${shop}/checkouts`,
      data_processing_options: ["LDU"],
      user_data: {
        fbp: "fb.1.1790000000000.123456789",
        client_user_agent: expect.stringMatching(/^Mozilla/) as string,
      },
    });
  },
);

test("an unpaid order waits, and its payment sends it", async () => {
  await postWebhook(app.url, anOrder("702", { financialStatus: "pending", source: "pos" }), {
    shop,
    topic: "orders/create",
  });
  expect(await app.eventsOf(shop)).toEqual([expect.objectContaining({ state: "waiting-for-payment" })]);

  await postWebhook(app.url, anOrder("702", { financialStatus: "paid", source: "pos" }), {
    shop,
    topic: "orders/paid",
  });

  await expect.poll(() => app.eventsOf(shop)).toEqual([expect.objectContaining({ state: "delivered" })]);
  expect(purchases()).toHaveLength(1);
});

test("a wrong HMAC is answered 401, a missing header 400, and neither leaves anything", async () => {
  const forged = await postWebhook(app.url, anOrder("703"), { shop, headers: { "x-shopify-hmac-sha256": "AAAA" } });
  const headless = await postWebhook(app.url, anOrder("703"), { shop, headers: { "x-shopify-topic": null } });

  expect([forged.status, headless.status]).toEqual([401, 400]);
  expect(await headless.text()).toContain("x-shopify-topic");
  expect(await app.eventsOf(shop)).toEqual([]);
});

test("a body over 5 MB is answered 413", async () => {
  const answer = await postWebhook(app.url, JSON.stringify({ padding: "x".repeat(5 * 1024 * 1024) }), { shop });
  expect(answer.status).toBe(413);
});

test("JSON that is not an order is answered 200 and quarantined", async () => {
  const body = JSON.stringify({ id: 1 });
  const answer = await postWebhook(app.url, body, { shop });

  expect(answer.status).toBe(200);
  const [kept] = await app.opened.database.prisma.quarantine.findMany({ where: { shop } });
  expect(kept).toMatchObject({ problem: "not-an-order", topic: "orders/paid" });
  expect(kept?.sealedBody).not.toContain(body);
  expect(app.opened.sealer.unseal(kept?.sealedBody ?? "")).toBe(body);
});

test("an uninstalled shop's tokens are gone, its waiting orders are not sent, and later webhooks store nothing", async () => {
  await postWebhook(app.url, anOrder("704", { financialStatus: "pending" }), { shop, topic: "orders/create" });

  await postWebhook(app.url, JSON.stringify({ id: 1 }), { shop, topic: "app/uninstalled", path: "/webhooks/app" });
  await postWebhook(app.url, anOrder("705"), { shop });

  expect(await app.eventsOf(shop)).toEqual([expect.objectContaining({ state: "withheld", reason: "app-uninstalled" })]);
  const pixels = await app.opened.database.prisma.pixel.findMany({ where: { shop } });
  expect(pixels.map((pixel) => pixel.sealedToken)).toEqual([null]);
});

test("an uninstall from before the last installation does not end that one", async () => {
  const before = new Date(Date.now() - 3_600_000).toISOString();

  await postWebhook(app.url, JSON.stringify({ id: 1 }), {
    shop,
    topic: "app/uninstalled",
    path: "/webhooks/app",
    headers: { "x-shopify-triggered-at": before },
  });

  expect((await app.opened.settings.profile(app.domain(shop)))?.installed).toBe(true);
});

test("shop/redact erases everything of that shop and nothing of another", async () => {
  const other = await app.connectedShop({ metaPixelId: PIXEL, token: TOKEN });
  await postWebhook(app.url, anOrder("706"), { shop });
  await postWebhook(app.url, anOrder("707"), { shop: other });

  const answer = await postWebhook(app.url, JSON.stringify({ shop_id: 1, shop_domain: shop }), {
    shop,
    topic: "shop/redact",
    path: "/webhooks/compliance",
  });

  expect(answer.status).toBe(200);
  expect(await app.eventsOf(shop)).toEqual([]);
  expect(await app.opened.settings.profile(app.domain(shop))).toBeNull();
  expect(await app.eventsOf(other)).toHaveLength(1);
});

test("an expired token loses no event: it is held, the pixel says why, and a new token delivers it", async () => {
  await app.opened.settings.connect(app.domain(shop), {
    metaPixelId: PIXEL,
    token: "EAAtoken-that-meta-does-not-know",
    testEventCode: null,
  });
  await postWebhook(app.url, anOrder("708", { source: "pos" }), { shop });
  await expect
    .poll(async () => (await app.opened.settings.profile(app.domain(shop)))?.pixels[0]?.state)
    .toBe("blocked");
  expect(purchases()).toHaveLength(0);

  const connected = await app.connectPixel(shop, { metaPixelId: PIXEL, token: TOKEN });

  expect(connected).toMatchObject({ kind: "connected" });
  await expect.poll(purchases).toHaveLength(1);
});

const buyerIn = (countryCode: string) => ({
  customerId: "42",
  email: "grace@example.com",
  phone: null,
  firstName: "Grace",
  lastName: "Example",
  city: "Austin",
  province: "Texas",
  provinceCode: "TX",
  zip: "73301",
  countryCode,
});
