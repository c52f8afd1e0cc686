import { describe, expect, test } from "vitest";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { problemForMeta } from "../../app/normalize/pre-checks.ts";
import type { PreCheckProblem } from "../../app/event-contract/reason.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import type { MetaEvent } from "../../app/event-contract/meta-event.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { eventProblem } from "../simulators/meta/event-rules.ts";

const NOW = new Date("2026-11-20T16:00:00Z");
const SENDABLE = new Date("2026-11-27T15:00:00Z");

function aPurchase(): MetaEvent {
  const order = parseOrder(anOrderWebhook());
  if (!order.ok) throw new Error(order.problem.detail);
  return purchaseFromOrder(order.value, { shop: aShopDomain(), settings: settingsWith() }, NOW).body;
}

const body = aPurchase();
const { event_source_url: _page, ...pageless } = body;
const { currency: _currency, ...moneyless } = body.custom_data;
const { value: _value, ...worthless } = body.custom_data;
const emptyId = [{ id: "", quantity: 1, item_price: 1 }];

const BAD: readonly (readonly [PreCheckProblem, MetaEvent])[] = [
  ["in-the-future", { ...body, event_time: NOW.getTime() / 1000 + 60 }],
  ["no-page-address", pageless],
  ["no-page-address", { ...body, event_source_url: "not an address" }],
  ["no-customer-data", { ...body, user_data: {} }],
  ["no-customer-data", { ...body, user_data: { client_user_agent: "Mozilla/5.0" } }],
  ["unhashed-customer-data", { ...body, user_data: { em: ["ada@example.com"] } }],
  [
    "unhashed-customer-data",
    { ...body, user_data: { em: ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] } },
  ],
  ["no-value", { ...body, custom_data: worthless }],
  ["no-currency", { ...body, custom_data: moneyless }],
  ["no-currency", { ...body, custom_data: { ...body.custom_data, currency: "dollars" } }],
  ["bad-value", { ...body, event_name: "AddToCart", custom_data: { ...body.custom_data, value: -1 } }],
  ["bad-contents", { ...body, custom_data: { ...body.custom_data, contents: emptyId } }],
];

describe("an event that Meta would refuse is refused before it spoils a batch", () => {
  test.each(BAD)("%s", (problem, event) => {
    expect(problemForMeta(event, { now: NOW, sendableUntil: SENDABLE })).toBe(problem);
  });

  test.each(BAD)("agrees with a simulator written from Meta's documentation: %s", (_problem, event) => {
    expect(eventProblem(event, NOW)).not.toBeNull();
  });

  test("too-old, after the last moment at which Meta accepts it", () => {
    expect(problemForMeta(body, { now: SENDABLE, sendableUntil: SENDABLE })).toBe("too-old");
    expect(problemForMeta(body, { now: new Date(SENDABLE.getTime() - 1), sendableUntil: SENDABLE })).toBeNull();
  });
});

test("an ordinary Purchase passes both", () => {
  expect(problemForMeta(body, { now: NOW, sendableUntil: SENDABLE })).toBeNull();
  expect(eventProblem(body, NOW)).toBeNull();
});
