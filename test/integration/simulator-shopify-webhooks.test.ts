import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  API_SECRET,
  type ReceivedHook,
  type SampleApp,
  startSampleApp,
  startSampleShopify,
} from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const MUG = "4581920037713";
const TOWEL = "4581920037721";
let app: SampleApp;
let simulator: ShopifySimulator;

beforeEach(async () => {
  app = await startSampleApp();
  simulator = await startSampleShopify({ appUrl: app.url });
  simulator.install(SHOP);
});
afterEach(async () => {
  await simulator.close();
  await app.close();
});

const topicsOf = (hooks: readonly ReceivedHook[]) => hooks.map(({ headers }) => headers["x-shopify-topic"]);
const oneMug = { lines: [{ variantId: MUG, quantity: 1 }] };

type Payload = {
  readonly id: number;
  readonly total_price: string;
  readonly total_price_set: { readonly presentment_money: { readonly amount: string; readonly currency_code: string } };
  readonly line_items: readonly {
    readonly price: string;
    readonly quantity: number;
    readonly total_discount: string;
    readonly discount_allocations: readonly { readonly amount: string }[];
  }[];
  readonly subtotal_price: string;
  readonly financial_status: string;
};
/** The simulator's own order payload, as far as these tests look at it. */
const payloadOf = (hook: ReceivedHook | undefined): Payload => JSON.parse(hook?.body ?? "null") as Payload;

test("a card order is announced as created and as paid, under one event id and signed over its raw bytes", async () => {
  const order = simulator.placeOrder(SHOP, oneMug);
  await simulator.settled();
  expect(topicsOf(app.received).sort()).toEqual(["orders/create", "orders/paid"]);
  expect(new Set(app.received.map(({ headers }) => headers["x-shopify-event-id"])).size).toBe(1);
  expect(new Set(app.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(2);
  for (const { path, headers, body } of app.received) {
    expect(path).toBe("/hooks/orders");
    expect(headers["x-shopify-hmac-sha256"]).toBe(createHmac("sha256", API_SECRET).update(body).digest("base64"));
    expect(headers).toMatchObject({ "x-shopify-shop-domain": SHOP, "x-shopify-api-version": "2026-10" });
  }
  expect(String(payloadOf(app.received[0]).id)).toBe(order.id);
});

test("a bank transfer stays pending until the merchant marks it as paid", async () => {
  const order = simulator.placeOrder(SHOP, { ...oneMug, payment: "bank-transfer" });
  await simulator.settled();
  expect(topicsOf(app.received)).toEqual(["orders/create"]);
  expect(payloadOf(app.received[0]).financial_status).toBe("pending");
  simulator.markPaid(order);
  await simulator.settled();
  expect(topicsOf(app.received).sort()).toEqual(["orders/create", "orders/paid", "orders/updated"]);
});

test("an order quotes shop money in the plain fields and the buyer's money in the sets", async () => {
  simulator.placeOrder(SHOP, { ...oneMug, country: "JP" });
  await simulator.settled();
  const payload = payloadOf(app.received[0]);
  expect(payload.total_price).toBe("23.80");
  expect(payload.total_price_set.presentment_money).toEqual({ amount: "3865", currency_code: "JPY" });
});

test("discounts show in the allocations only, and the lines minus allocations add up to the subtotal", async () => {
  const lines = [
    { variantId: MUG, quantity: 3 },
    { variantId: TOWEL, quantity: 2 },
  ];
  simulator.placeOrder(SHOP, { lines, discountCode: "SAVE10" });
  await simulator.settled();
  const payload = payloadOf(app.received[0]);
  const cents = (text: string): number => Math.round(Number(text) * 100);
  const net = payload.line_items.map(
    (line) =>
      cents(line.price) * line.quantity - line.discount_allocations.reduce((all, { amount }) => all + cents(amount), 0),
  );
  expect(net.reduce((a, b) => a + b, 0)).toBe(cents(payload.subtotal_price));
  expect(payload.line_items.map((line) => line.total_discount)).toEqual(["0.00", "0.00"]);
  expect(payload.line_items.map((line) => line.discount_allocations.length)).toEqual([1, 2]);
});

describe("delivery", () => {
  test("is tried again with the same bytes and the same webhook id until the app answers 2xx", async () => {
    app.nextAnswers.push(503, 500);
    simulator.placeOrder(SHOP, { ...oneMug, payment: "bank-transfer" });
    await simulator.settled();
    expect(app.received).toHaveLength(3);
    expect(new Set(app.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(app.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(simulator.webhooks).toMatchObject([
      { state: "delivered", attempts: [{ status: 503 }, { status: 500 }, { status: 200 }] },
    ]);
  });

  test("can be doubled", async () => {
    simulator.faults.duplicate = 1;
    simulator.placeOrder(SHOP, { ...oneMug, payment: "bank-transfer" });
    await simulator.settled();
    expect(app.received).toHaveLength(2);
    expect(new Set(app.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
  });

  test("can be lost", async () => {
    simulator.faults.drop = 1;
    simulator.placeOrder(SHOP, oneMug);
    await simulator.settled();
    expect(topicsOf(app.received)).toEqual(["orders/paid"]);
    expect(simulator.webhooks.map(({ state }) => state)).toEqual(["dropped", "delivered"]);
  });

  test("can come in the wrong order", async () => {
    simulator.faults.reorder = true;
    simulator.placeOrder(SHOP, oneMug);
    await simulator.settled();
    expect(topicsOf(app.received)).toEqual(["orders/paid", "orders/create"]);
  });

  test("can be repeated later", async () => {
    simulator.placeOrder(SHOP, { ...oneMug, payment: "bank-transfer" });
    await simulator.settled();
    const [delivery] = simulator.webhooks;
    if (delivery) await simulator.repeat(delivery);
    expect(app.received).toHaveLength(2);
  });
});

test("uninstalling revokes the app's access and notifies it; the compliance topics go to their own address", async () => {
  const order = simulator.placeOrder(SHOP, oneMug);
  simulator.uninstall(SHOP);
  simulator.redactCustomer(order);
  simulator.redactShop(SHOP);
  await simulator.settled();
  expect(simulator.shop(SHOP).installation).toMatchObject({ installed: false, accessTokens: {}, webPixel: null });
  const byPath = (path: string) => topicsOf(app.received.filter((hook) => hook.path === path)).sort();
  expect(byPath("/hooks/app")).toEqual(["app/uninstalled"]);
  expect(byPath("/hooks/compliance")).toEqual(["customers/redact", "shop/redact"]);
});

test("a webhook has its event's time, however late and however often it is sent", async () => {
  const happened = new Date("2026-11-29T08:00:00.000Z");
  let clock = happened;
  const late = await startSampleShopify({ appUrl: app.url, now: () => clock });
  late.install(SHOP);
  late.faults.drop = 1;
  late.uninstall(SHOP);
  await late.settled();

  clock = new Date("2026-11-29T11:00:00.000Z");
  for (const delivery of late.webhooks) await late.repeat(delivery);
  for (const delivery of late.webhooks) await late.repeat(delivery);
  await late.close();

  const stamps = app.received.map(({ headers }) => new Date(String(headers["x-shopify-triggered-at"])));
  expect(stamps).toEqual([happened, happened]);
});

test.each<[string, { customerId?: string; tags?: readonly string[] }]>([
  ["of no customer", { customerId: "gid://shopify/Customer/1" }],
  ["of no tag", { tags: [] }],
  ["of more tags than a customer has", { tags: Array.from({ length: 251 }, (_, n) => `tag ${n}`) }],
  ["with an empty tag", { tags: ["good", " "] }],
  ["with a tag that is two", { tags: ["good, lead"] }],
  ["with an endless tag", { tags: ["x".repeat(256)] }],
])("a change of tags is refused if it is %s", (_, changes) => {
  const change = { kind: "added", customerId: "1", tags: ["good"], ...changes } as const;
  expect(() => simulator.changeTags(SHOP, change)).toThrow();
  expect(simulator.webhooks).toEqual([]);
});
