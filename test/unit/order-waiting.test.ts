import { expect, test } from "vitest";
import { eventsFromOrder } from "../../app/normalize/events-from-order.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import type { TrueSale } from "../fixtures/orders/true-sale.ts";

function eventsOf(sale: Partial<TrueSale>, fields: Readonly<Record<string, unknown>> = {}) {
  const order = parseOrder(anOrderWebhook(sale, fields));
  if (!order.ok) throw new Error(order.problem.detail);
  const now = new Date("2026-11-22T16:00:00Z");
  return eventsFromOrder(order.value, { shop: aShopDomain(), settings: settingsWith({}) }, now);
}

const FACTS = { browser_ip: "203.0.113.9", client_details: { user_agent: "Mozilla/5.0" } };
test.each([
  ["web", { checkout_token: "c0ffee" }, true],
  ["web", { checkout_token: null }, true],
  // Headless storefronts, other channels' checkouts, invoices that the buyer pays in the checkout.
  ["580111", { checkout_token: "c0ffee" }, true],
  ["some-app", { checkout_token: "c0ffee" }, true],
  ["shopify_draft_order", { checkout_token: "c0ffee" }, true],
  ["some-app", { checkout_token: null }, true],
  // Staff's browser; a till; nobody's.
  ["shopify_draft_order", { checkout_token: null }, false],
  ["iphone", { checkout_token: null }, false],
  ["pos", { checkout_token: "c0ffee" }, false],
  ["subscription_contract", { checkout_token: "c0ffee" }, false],
  ["some-app", { checkout_token: null, browser_ip: null, client_details: null }, false],
])("%s with %j waits for a browser's receipt: %s", (source, fields, waits) => {
  const [{ joinForMs }] = eventsOf({ source }, { landing_site: null, ...FACTS, ...fields });
  expect(joinForMs > 0).toBe(waits);
});

test("the cart's consent counts for orders of any channel", () => {
  const signal = { marketing: false, saleOfData: false, at: 1_763_650_000_000 };
  const attributes = { __tandem_consent: JSON.stringify(signal) };
  expect(eventsOf({ source: "some-app", attributes })[0].signal).toEqual(signal);
});
