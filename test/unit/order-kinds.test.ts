import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../app/event-contract/order-settings.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { eventsFromOrder } from "../../app/normalize/events-from-order.ts";
import { kindOf } from "../../app/normalize/order-kinds.ts";
import type { Settings } from "../../app/settings/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

const NOW = new Date("2026-11-22T16:00:00Z");
const REFUNDED_S = Date.parse("2026-11-21T09:00:00Z") / 1000;

type Given = {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly orders?: Partial<OrderSettings>;
  readonly settings?: Partial<Settings>;
};

function orderOf(sale: Partial<TrueSale>, fields: Given["fields"] = {}) {
  const order = parseOrder(anOrderWebhook(sale, fields));
  if (!order.ok) throw new Error(order.problem.detail);
  return order.value;
}

function eventsOf(sale: Partial<TrueSale>, { fields, orders = {}, settings = {} }: Given = {}) {
  const chosen = settingsWith({ ...settings, orders: { ...DEFAULT_ORDER_SETTINGS, ...orders } });
  return eventsFromOrder(orderOf(sale, fields), { shop: aShopDomain(), settings: chosen }, NOW);
}

const refund = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 777,
  processed_at: "2026-11-21T09:00:00Z",
  refund_line_items: [{ line_item_id: 9000, quantity: 1 }],
  transactions: [{ kind: "refund", status: "success", amount: "12.50", currency: "USD" }],
  ...changes,
});

describe("every order has a kind, by Shopify's source name", () => {
  test.each([
    ["web", {}, "online", "website"],
    ["checkout_next", {}, "online", "website"],
    ["web", { company: { id: 1, location_id: 2 } }, "b2b", "website"],
    ["shopify_draft_order", {}, "draft", "other"],
    ["shopify_draft_order", { company: { id: 1 } }, "draft", "other"],
    ["iphone", {}, "admin", "other"],
    ["android", {}, "admin", "other"],
    ["pos", {}, "pos", "physical_store"],
    ["subscription_contract", {}, "renewal", "system_generated"],
    ["subscription_contract_checkout_one", {}, "renewal", "system_generated"],
    ["580111", {}, "channel", "other"],
    ["580111", { landing_site: "/products/tea" }, "channel-visit", "website"],
    ["some-app", {}, "unknown-source", "other"],
    [null, {}, "unknown-source", "other"],
  ])("%s with %j is %s", (source, fields, kind, actionSource) => {
    const order = orderOf({ source: source ?? "web" }, { source_name: source, landing_site: null, ...fields });
    expect(kindOf(order)).toMatchObject({ kind, actionSource });
  });

  test("only website events have a browser's address, user agent and page", () => {
    for (const source of ["shopify_draft_order", "pos", "subscription_contract", "iphone", "580111", "some-app"]) {
      const fields = { browser_ip: "203.0.113.9", client_details: { user_agent: "Staff" }, landing_site: null };
      const [{ body }] = eventsOf({ source }, { fields });
      expect(JSON.stringify(body), source).not.toMatch(/203\.0\.113\.9|Staff|event_source_url/);
    }
  });

  test("an in-store sale has delivery category in_store; a website sale has none", () => {
    expect(eventsOf({ source: "pos" })[0].body.custom_data.delivery_category).toBe("in_store");
    expect(eventsOf({})[0].body.custom_data).not.toHaveProperty("delivery_category");
  });

  test("a renewal names its subscription if the order does, and has a returning customer", () => {
    const attributes = { subscription_contract_id: "gid://shopify/SubscriptionContract/12" };
    const [renewal, ...others] = eventsOf({ source: "subscription_contract", attributes });
    expect(renewal.body.user_data.subscription_id).toBe("gid://shopify/SubscriptionContract/12");
    expect(renewal.body.custom_data.customer_segmentation).toBe("existing_customer_to_business");
    expect(others).toEqual([]);
    const [plain] = eventsOf({ source: "subscription_contract" }, { orders: { customerSegmentation: false } });
    expect(plain.body.user_data).not.toHaveProperty("subscription_id");
    expect(plain.body.custom_data).not.toHaveProperty("customer_segmentation");
  });
});

describe("the merchant's rules for channels and tags", () => {
  const withhold = (match: "channel" | "tag", value: string) => ({ match, value, action: "withhold" }) as const;

  test.each([
    [{ source: "pos" }, {}, withhold("channel", "POS"), "channel-withheld"],
    [{ source: "shopify_draft_order" }, {}, withhold("channel", "draft"), "channel-withheld"],
    [{ source: "580111" }, { landing_site: null }, withhold("channel", "580111"), "channel-withheld"],
    [{}, { company: { id: 1 } }, withhold("channel", "b2b"), "channel-withheld"],
    [{}, { tags: "vip, Wholesale " }, withhold("tag", "wholesale"), "tag-withheld"],
  ])("an order %j with %j under %j is withheld", (sale, fields, rule, reason) => {
    const events = eventsOf(sale, { fields, orders: { rules: [rule] } });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ state: "withheld", reason, body: { user_data: {} } });
  });

  test("the first matching rule decides, and an order without a match is sent", () => {
    const rules = [{ match: "tag", value: "vip", action: "send" } as const, withhold("channel", "pos")];
    expect(eventsOf({ source: "pos" }, { fields: { tags: "vip" }, orders: { rules } })[0].state).toBe("joining");
    expect(eventsOf({ source: "pos" }, { orders: { rules } })[0].state).toBe("withheld");
    expect(eventsOf({}, { orders: { rules } })[0].state).toBe("joining");
  });
});

describe("gift cards", () => {
  const card = aLine({ variantId: "5", unit: 5000, quantity: 1, isGiftCard: true });

  test("count as sales unless the merchant leaves them out", () => {
    const [counted] = eventsOf({ lines: [aLine(), card] });
    expect(counted.body.custom_data).toMatchObject({ value: 75, num_items: 3 });
    const [left] = eventsOf({ lines: [aLine(), card] }, { settings: { giftCards: "leave-out" } });
    expect(left.body.custom_data).toMatchObject({ value: 25, num_items: 2, content_ids: ["41001"] });
    const total = { giftCards: "leave-out", valueBasis: "total" } as const;
    expect(eventsOf({ lines: [aLine(), card] }, { settings: total })[0].body.custom_data.value).toBe(30);
  });

  test("alone are withheld with a reason if they are left out", () => {
    const [event] = eventsOf({ lines: [card] }, { settings: { giftCards: "leave-out" } });
    expect(event).toMatchObject({ state: "withheld", reason: "gift-cards-only" });
  });
});

describe("a subscription's first order", () => {
  const lines = [aLine(), aLine({ variantId: "7", unit: 2000, quantity: 1, isSubscription: true })];

  test("is a Purchase of all lines and a Subscribe of the subscription lines", () => {
    const [purchase, subscribe, ...others] = eventsOf({ lines }, { orders: { predictedOrders: 6 } });
    expect(others).toEqual([]);
    expect(purchase.body.custom_data.value).toBe(45);
    expect(subscribe?.body).toMatchObject({
      event_name: "Subscribe",
      event_id: "subscribe.tea.6198424240428",
      action_source: "website",
      event_source_url: purchase.body.event_source_url,
      user_data: purchase.body.user_data,
      custom_data: { value: 20, currency: "USD", content_ids: ["7"], num_items: 1, predicted_ltv: 120 },
    });
    expect(subscribe).toMatchObject({ state: "joining", joinForMs: 90_000, orderId: "6198424240428" });
  });

  test("waits for its payment as its Purchase does", () => {
    const states = eventsOf({ lines, financialStatus: "pending" }).map(({ state }) => state);
    expect(states).toEqual(["waiting-for-payment", "waiting-for-payment"]);
  });

  test("is only a Purchase if Subscribe is off, and predicts no value by default", () => {
    expect(eventsOf({ lines }, { orders: { subscribeEvent: false } })).toHaveLength(1);
    expect(eventsOf({ lines })[1]?.body.custom_data).not.toHaveProperty("predicted_ltv");
  });

  test("a withheld order sends no Subscribe", () => {
    expect(eventsOf({ lines, test: true })).toHaveLength(1);
  });
});

describe("a refund", () => {
  const orders = { refundEvent: true };

  test("is no event unless the merchant enables it, and never changes the Purchase", () => {
    const fields = { refunds: [refund()], financial_status: "partially_refunded" };
    expect(eventsOf({}, { fields })).toHaveLength(1);
    expect(eventsOf({}, { fields, orders })[0]).toEqual(eventsOf({})[0]);
  });

  test("is a custom event: positive, tied to its Purchase, without browser data", () => {
    const [purchase, refunded] = eventsOf({}, { fields: { refunds: [refund()] }, orders });
    expect(refunded).toMatchObject({ state: "joining", joinForMs: 0, orderId: "6198424240428" });
    expect(refunded?.body).toEqual({
      event_name: "OrderRefunded",
      event_id: "orderrefunded.tea.777",
      event_time: REFUNDED_S,
      action_source: "system_generated",
      user_data: expect.not.objectContaining({ client_ip_address: "203.0.113.7" }) as unknown,
      custom_data: {
        value: 12.5,
        currency: "USD",
        content_ids: ["41001"],
        content_type: "product",
        contents: [{ id: "41001", quantity: 1, item_price: 12.5 }],
        num_items: 1,
        order_id: "6198424240428",
      },
      original_event_data: {
        event_name: "Purchase",
        event_id: purchase.body.event_id,
        event_time: purchase.body.event_time,
        order_id: "6198424240428",
      },
    });
  });

  test("never exceeds the Purchase's value", () => {
    const transactions = [{ kind: "refund", status: "success", amount: "30.00", currency: "USD" }];
    const [, refunded] = eventsOf({}, { fields: { refunds: [refund({ transactions })] }, orders });
    expect(refunded?.body.custom_data.value).toBe(25);
  });

  test("is one event per refund, with the same ID every time", () => {
    const refunds = [refund(), refund({ id: 778 })];
    const ids = eventsOf({}, { fields: { refunds }, orders }).map(({ body }) => body.event_id);
    expect(ids).toEqual(["purchase.tea.6198424240428", "orderrefunded.tea.777", "orderrefunded.tea.778"]);
  });

  test.each([
    ["a return without money", { transactions: [] }],
    ["an exchange of the same worth", { transactions: null }],
    [
      "a refund still under way",
      { transactions: [{ kind: "refund", status: "pending", amount: "5", currency: "USD" }] },
    ],
    ["a failed one", { transactions: [{ kind: "refund", status: "failure", amount: "5", currency: "USD" }] }],
    [
      "one in another currency",
      { transactions: [{ kind: "refund", status: "success", amount: "5", currency: "EUR" }] },
    ],
    ["a void", { transactions: [{ kind: "void", status: "success", amount: "5", currency: "USD" }] }],
  ])("%s is none", (_what, changes) => {
    expect(eventsOf({}, { fields: { refunds: [refund(changes)] }, orders })).toHaveLength(1);
  });
});

test("an edited or exchanged order keeps its Purchase ID, so that it is not counted twice", () => {
  const [before] = eventsOf({});
  const [after] = eventsOf({ lines: [aLine(), aLine({ variantId: "9" })] });
  expect(after.body.event_id).toBe(before.body.event_id);
});
