import { describe, expect, test } from "vitest";
import { CART_ATTRIBUTES } from "../../app/event-contract/cart-attributes.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { isMatchable } from "../../app/normalize/identity.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import type { Pixel, Settings } from "../../app/settings/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

const NOW = new Date("2026-11-20T16:00:00Z");
const PLACED_S = Date.parse("2026-11-20T10:15:30-05:00") / 1000;
type Given = {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly settings?: Partial<Settings>;
  readonly pixels?: readonly Pixel[];
  readonly now?: Date;
};

function purchaseOf(sale: Partial<TrueSale>, { fields = {}, settings = {}, pixels = [], now = NOW }: Given = {}) {
  const order = parseOrder(anOrderWebhook(sale, fields));
  if (!order.ok) throw new Error(order.problem.detail);
  return purchaseFromOrder(order.value, { shop: aShopDomain(), settings: settingsWith(settings), pixels }, now);
}

describe("an order becomes a Purchase", () => {
  test("with its ID, time, value and the browser's data on the order", () => {
    const event = purchaseOf({});
    expect(event).toMatchObject({
      shop: "tea.myshopify.com",
      origin: "webhook",
      settingsVersion: 1,
      orderId: "6198424240428",
      orderName: "#1001",
      checkoutToken: "c0ffee00c0ffee00c0ffee00c0ffee00",
      region: "US-CA",
      state: "joining",
      reason: null,
      joinForMs: 90_000,
      signal: null,
      browserLeg: null,
    });
    expect(event.body).toMatchObject({
      event_name: "Purchase",
      event_id: "purchase.tea.6198424240428",
      event_time: PLACED_S,
      action_source: "website",
      event_source_url: "https://tea.myshopify.com/products/green-tea?utm_source=example",
      referrer_url: "https://www.example.com/search",
      user_data: {
        client_ip_address: "203.0.113.7",
        client_user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0",
      },
      custom_data: { value: 25, currency: "USD", num_items: 2, order_id: "6198424240428" },
    });
    expect(Object.keys(event.body.user_data).sort()).toEqual(
      [
        "client_ip_address",
        "client_user_agent",
        "country",
        "ct",
        "em",
        "external_id",
        "fn",
        "ln",
        "ph",
        "st",
        "zp",
      ].sort(),
    );
  });

  test("with the merchant's name for the order, unless it has none or an endless one", () => {
    for (const name of [null, "", "9".repeat(101)]) {
      expect(purchaseOf({}, { fields: { name } })).toMatchObject({ orderName: null });
    }
    expect(purchaseOf({}, { fields: { name: "EN-1001/A" } })).toMatchObject({ orderName: "EN-1001/A" });
  });

  test("with the browser IDs and consent from the cart", () => {
    const consent = { marketing: true, saleOfData: true, at: 1_763_000_000_000 };
    const attributes = {
      [CART_ATTRIBUTES.fbp]: "fb.1.1763000000000.1234567890",
      [CART_ATTRIBUTES.fbc]: "fb.1.1795000000000.IwAR0_aBc-D",
      [CART_ATTRIBUTES.consent]: JSON.stringify(consent),
    };
    const event = purchaseOf({ attributes });
    expect(event.body.user_data).toMatchObject({
      fbp: attributes[CART_ATTRIBUTES.fbp],
      fbc: attributes[CART_ATTRIBUTES.fbc],
    });
    expect(event.signal).toEqual(consent);
  });

  test("never in the future, even if the shop's clock is ahead", () => {
    const now = new Date((PLACED_S - 60) * 1000);
    expect(purchaseOf({}, { now }).body.event_time).toBe(PLACED_S - 60);
  });

  test("in the currency the buyer paid in", () => {
    const event = purchaseOf({
      currency: "JPY",
      decimals: 0,
      shopRate: 0.0065,
      lines: [aLine({ unit: 1200 })],
      shipping: 0,
    });
    expect(event.body.custom_data).toMatchObject({ value: 2400, currency: "JPY" });
  });

  test("without a truncated click ID from the landing page", () => {
    const event = purchaseOf({}, { fields: { landing_site: "/?fbclid=IwAR0cut&utm_medium=paid" } });
    expect(event.body.event_source_url).toBe("https://tea.myshopify.com/?utm_medium=paid");
  });

  test("at the shop's own URL if the landing page is unknown", () => {
    expect(purchaseOf({}, { fields: { landing_site: null } }).body.event_source_url).toBe("https://tea.myshopify.com/");
  });
});

describe("when an order counts", () => {
  test.each([
    ["pending", "paid", "waiting-for-payment", "waiting-for-payment"],
    ["pending", "placed", "joining", null],
    ["authorized", "paid", "joining", null],
    ["partially_paid", "paid", "joining", null],
    ["paid", "paid", "joining", null],
    ["partially_refunded", "paid", "joining", null],
    ["refunded", "paid", "joining", null],
    ["voided", "placed", "withheld", "cancelled-before-payment"],
    ["something_new", "paid", "waiting-for-payment", "waiting-for-payment"],
  ] as const)("%s under the trigger %s: %s", (financialStatus, purchaseTrigger, state, reason) => {
    expect(purchaseOf({ financialStatus }, { settings: { purchaseTrigger } })).toMatchObject({ state, reason });
  });

  const CODED: Pixel = {
    ...{ id: "1", shop: aShopDomain(), metaPixelId: "1234567890123456", hasToken: true, testEventCode: "TEST1" },
    ...{ state: "active", stateReason: null, countries: null, channels: null, eventsOff: [] },
  };

  test("a test order does not, unless a pixel has a test event code", () => {
    const withheld = { state: "withheld", reason: "test-order", isTest: true };
    expect(purchaseOf({ test: true })).toMatchObject(withheld);
    expect(purchaseOf({ test: true }, { pixels: [{ ...CODED, testEventCode: null }] })).toMatchObject(withheld);
    expect(purchaseOf({ test: true }, { pixels: [{ ...CODED, state: "paused" }] })).toMatchObject(withheld);
    expect(purchaseOf({ test: true }, { pixels: [{ ...CODED, hasToken: false }] })).toMatchObject(withheld);
    const pixels = [{ ...CODED, testEventCode: null }, CODED];
    expect(purchaseOf({ test: true }, { pixels })).toMatchObject({ state: "joining", reason: null, isTest: true });
    expect(purchaseOf({}, { pixels })).not.toHaveProperty("isTest");
  });

  test("a test order under a code follows every other rule", () => {
    const given = { pixels: [CODED], settings: { purchaseTrigger: "paid" } } as const;
    expect(purchaseOf({ test: true, financialStatus: "pending" }, given)).toMatchObject({
      state: "waiting-for-payment",
      isTest: true,
    });
    expect(purchaseOf({ test: true, cancelled: true, financialStatus: "pending" }, given)).toMatchObject({
      state: "withheld",
      reason: "cancelled-before-payment",
    });
  });

  test("a canceled order counts only if it was paid before", () => {
    expect(purchaseOf({ cancelled: true, financialStatus: "pending" })).toMatchObject({
      state: "withheld",
      reason: "cancelled-before-payment",
    });
    expect(purchaseOf({ cancelled: true, financialStatus: "refunded" })).toMatchObject({ state: "joining" });
  });

  test("an order does not if the value to send is zero", () => {
    const lines = [aLine({ unit: 1000, quantity: 1, orderDiscount: 1000 })];
    expect(purchaseOf({ lines })).toMatchObject({ state: "withheld", reason: "zero-value" });
    expect(purchaseOf({ lines }, { settings: { valueBasis: "total" } })).toMatchObject({ state: "joining" });
  });

  test("a withheld event contains no personal data", () => {
    expect(purchaseOf({ test: true }).body.user_data).toEqual({});
  });
});

describe("the buyer", () => {
  test("a draft order has the staff's address and user agent, so neither is used", () => {
    const { body, joinForMs } = purchaseOf({
      source: "shopify_draft_order",
      attributes: { [CART_ATTRIBUTES.fbp]: "fb.1.1763000000000.1" },
    });
    expect(body.action_source).toBe("other");
    expect(joinForMs).toBe(0);
    expect(body).not.toHaveProperty("event_source_url");
    for (const key of ["client_ip_address", "client_user_agent", "fbp"]) expect(body.user_data).not.toHaveProperty(key);
  });

  test.each([
    ["pos", "physical_store"],
    ["subscription_contract", "system_generated"],
    ["subscription_contract_checkout_one", "system_generated"],
    ["android", "other"],
    ["16818700289", "other"],
    ["constructor", "other"],
  ])("an order from %s happened in %s, and waits for no browser", (source, actionSource) => {
    const event = purchaseOf({ source });
    expect(event.body.action_source).toBe(actionSource);
    expect(event.joinForMs).toBe(0);
    expect(event.body.user_data).not.toHaveProperty("client_ip_address");
  });

  test("a channel's order counts as a website order if a storefront visit left traces", () => {
    const event = purchaseOf(
      { source: "16818700289" },
      { fields: { landing_site: "/?utm_source=app", checkout_token: "abc" } },
    );
    expect(event.body.action_source).toBe("website");
    expect(event.joinForMs).toBe(90_000);
  });

  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "192.168.1.5",
    "172.20.0.1",
    "100.64.0.1",
    "169.254.1.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "not an address",
    "1.2.3.4.5",
    "999.1.1.1",
  ])("%s is no visitor's address", (browser_ip) => {
    expect(purchaseOf({}, { fields: { browser_ip } }).body.user_data).not.toHaveProperty("client_ip_address");
  });

  test.each(["198.51.100.9", "2001:db8::7", "2A02:8108::1"])("%s is one", (browser_ip) => {
    expect(purchaseOf({}, { fields: { browser_ip } }).body.user_data.client_ip_address).toBe(browser_ip.toLowerCase());
  });

  test("an order without customer and address has no region and cannot be matched", () => {
    const event = purchaseOf({ buyer: null, source: "pos" });
    expect(event.region).toBeNull();
    expect(isMatchable(event.body.user_data)).toBe(false);
  });
});
