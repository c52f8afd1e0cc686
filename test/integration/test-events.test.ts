import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PLAIN = { metaPixelId: "1111111111111111", token: "EAAplain0token" };
const CODED = { metaPixelId: "2222222222222222", token: "EAAcoded0token" };

let meta: MetaSimulator;
let app: TestApp;
beforeAll(async () => {
  meta = await startMetaSimulator();
  for (const pixel of [PLAIN, CODED]) meta.addDataset(pixel);
  app = await startTestApp({ dataDir: "memory://", graphUrl: meta.httpUrl });
});
afterAll(async () => {
  await app.close();
  await meta.close();
});

/** A shop with both pixels; only one of them has a code, if any has. */
async function aShop(testEventCode: string | null): Promise<ShopDomain> {
  const shop = app.domain(await app.connectedShop(PLAIN));
  await app.opened.settings.connect(shop, { ...CODED, testEventCode });
  const facts = { name: "Tea", currency: "JPY", timezone: "Asia/Tokyo", plan: "basic" };
  await app.opened.settings.recordShop(shop, facts);
  return shop;
}

const portsOf = () => adminPorts(app.opened, { by: "shopify-user 1", role: "owner" });
const receivedOf = (orderId: string) => meta.received().filter(({ eventId }) => eventId?.endsWith(`.${orderId}`));
const sell = async (shop: ShopDomain, orderId: string, test: boolean) => {
  const sold = anOrderWebhook({ shop, orderId, test, source: "pos", placedAt: new Date().toISOString() });
  expect((await postWebhook(app.url, sold, { shop })).status).toBe(200);
};
const settled = (shop: ShopDomain, count: number) =>
  vi.waitFor(async () => {
    const events = await app.eventsOf(shop);
    expect(events.filter(({ state }) => state === "delivered" || state === "withheld")).toHaveLength(count);
    return events;
  }, PATIENCE_MS);

test("a test order goes to the pixel with the code, under the code; a real one to both", async () => {
  const shop = await aShop("TEST1");
  await sell(shop, "7001", true);
  await sell(shop, "7002", false);
  await settled(shop, 2);
  const received = (orderId: string) =>
    receivedOf(orderId)
      .map(({ metaPixelId, server }) => [metaPixelId, server?.testEventCode ?? null])
      .sort();
  await vi.waitFor(() => expect(received("7002")).toHaveLength(2), PATIENCE_MS);
  expect(received("7001")).toEqual([[CODED.metaPixelId, "TEST1"]]);
  expect(received("7002")).toEqual([
    [PLAIN.metaPixelId, null],
    [CODED.metaPixelId, "TEST1"],
  ]);
  const { rows } = await app.opened.eventLog.page(shop, { limit: 10 });
  expect(Object.fromEntries(rows.map(({ orderId, isTest }) => [orderId, isTest]))).toEqual({ 7001: true, 7002: false });
  const { events } = await portsOf().tests(shop);
  expect(events.map(({ orderId, isTest }) => [orderId, isTest])).toEqual([
    ["7002", false],
    ["7001", true],
  ]);
  expect(events[1]).toMatchObject({
    state: "delivered",
    deliveries: [{ metaPixelId: CODED.metaPixelId, testEventCode: "TEST1", answer: { verdict: "accepted" } }],
  });
});

test("a test order reaches no pixel while none has a code", async () => {
  const shop = await aShop(null);
  await sell(shop, "7003", true);
  expect(await settled(shop, 1)).toMatchObject([{ state: "withheld", reason: "test-order" }]);
  expect(receivedOf("7003")).toEqual([]);
  expect((await portsOf().tests(shop)).events).toMatchObject([{ orderId: "7003", isTest: true, deliveries: [] }]);
});

test("a test Purchase is sent under the code, once for each form, with the sender's browser and no one else's data", async () => {
  const shop = await aShop("TEST2");
  const wish = { key: randomUUID(), ip: "203.0.113.50", userAgent: "Mozilla/5.0 Staff" };
  expect(await portsOf().sendTestPurchase(shop, wish)).toBe("sent");
  expect(await portsOf().sendTestPurchase(shop, wish)).toBe("sent");
  expect(await settled(shop, 1)).toMatchObject([{ state: "delivered", eventId: `test.${wish.key}` }]);
  const received = meta.received().filter(({ eventId }) => eventId === `test.${wish.key}`);
  expect(received).toMatchObject([
    { metaPixelId: CODED.metaPixelId, serverCopies: 1, value: 1, currency: "JPY", server: { testEventCode: "TEST2" } },
  ]);
  expect(received[0]?.server?.event).toMatchObject({
    action_source: "website",
    user_data: {
      client_ip_address: "203.0.113.50",
      client_user_agent: "Mozilla/5.0 Staff",
      external_id: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    },
  });
  expect(await app.opened.eventLog.detail(shop, "Purchase", `test.${wish.key}`)).toMatchObject({
    isTest: true,
    origin: "test",
    consent: { decision: "send", rule: "no-shopper" },
  });
});

test("a test Purchase is not made without a code, a currency, or a key of the page", async () => {
  const wish = { key: randomUUID(), ip: null, userAgent: null };
  const without = await aShop(null);
  expect(await portsOf().sendTestPurchase(without, wish)).toBe("no-code");
  const unnamed = app.domain(await app.connectedShop(PLAIN));
  await app.opened.settings.connect(unnamed, { ...CODED, testEventCode: "TEST3" });
  expect(await portsOf().sendTestPurchase(unnamed, wish)).toBe("no-currency");
  const shop = await aShop("TEST3");
  expect(await portsOf().sendTestPurchase(shop, { ...wish, key: "1'; drop" })).toBe("bad-key");
  for (const each of [without, unnamed, shop]) expect(await app.eventsOf(each)).toEqual([]);
});

test("the code goes by its own removal alone, and no event of another shop is shown", async () => {
  const shop = await aShop("TEST4");
  const other = await aShop("TEST5");
  await sell(other, "7004", true);
  const [, pixel] = (await portsOf().tests(shop)).pixels.toSorted((a, b) => a.metaPixelId.localeCompare(b.metaPixelId));
  expect(await portsOf().removeTestCode(other, pixel?.id ?? "")).toBe("no-such-pixel");
  await portsOf().connectPixel(shop, { pixelId: CODED.metaPixelId, token: CODED.token, testEventCode: "" });
  expect((await portsOf().tests(shop)).pixels).toContainEqual(expect.objectContaining({ testEventCode: "TEST4" }));
  expect(await portsOf().removeTestCode(shop, pixel?.id ?? "")).toBe("changed");
  expect((await portsOf().tests(shop)).pixels.map(({ testEventCode }) => testEventCode)).toEqual([null, null]);
  expect((await portsOf().tests(shop)).events).toEqual([]);
});

test("a visit that goes under the code is shown as what it is: real", async () => {
  const shop = await aShop("TEST6");
  const id = `visit.${randomUUID()}`;
  const url = `https://${shop}/products/tea`;
  const post = { ...aCollectorPost(), id, url, referrer: null, at: Date.now(), sentAt: Date.now() };
  expect((await app.collect(shop, JSON.stringify(post))).ok).toBe(true);
  const [event] = await vi.waitFor(async () => {
    const { events } = await portsOf().tests(shop);
    expect(events.map(({ state }) => state)).toEqual(["delivered"]);
    return events;
  }, PATIENCE_MS);
  expect(event).toMatchObject({ eventId: id, isTest: false });
  expect(event?.deliveries.find(({ metaPixelId }) => metaPixelId === CODED.metaPixelId)).toMatchObject({
    testEventCode: "TEST6",
    answer: { verdict: "accepted" },
  });
});
