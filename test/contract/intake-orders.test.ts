import { describe, expect, test } from "vitest";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import type { Order, PayloadProblem } from "../../app/shopify/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

function orderOf(sale: Partial<TrueSale>, fields: Readonly<Record<string, unknown>> = {}): Order {
  const parsed = parseOrder(anOrderWebhook(sale, fields));
  if (!parsed.ok) throw new Error(parsed.problem.detail);
  return parsed.value;
}
function problemOf(text: string): PayloadProblem | null {
  const parsed = parseOrder(text);
  return parsed.ok ? null : parsed.problem;
}
const totals = (order: Order) => order.lines.map((line) => line.total.minor);

describe("an order webhook", () => {
  test("keeps every digit of IDs beyond 2^53", () => {
    const order = orderOf({
      orderId: "9007199254740993123",
      lines: [aLine({ productId: "9007199254740993001", variantId: "9007199254740993003" })],
    });
    expect(order.id).toBe("9007199254740993123");
    expect(order.lines[0]).toMatchObject({ productId: "9007199254740993001", variantId: "9007199254740993003" });
  });

  test.each([[undefined], [null], [""], ["gid:/shopify/Order/1"], ["gid://shopify/Order/"]])(
    "names its order by the plain id where the other is %j",
    (admin_graphql_api_id) => {
      expect(orderOf({ orderId: "9007199254740993123" }, { admin_graphql_api_id }).id).toBe("9007199254740993123");
    },
  );

  test("gives its total in the shop's own currency too", () => {
    const { shopTotal } = orderOf({ currency: "USD", shopCurrency: "AUD", shopRate: 1.5 });
    expect(shopTotal).toEqual({ minor: 4500, currency: "AUD" });
  });

  test("gives amounts as the buyer paid them, not in the shop's currency", () => {
    const order = orderOf({ currency: "USD", shopCurrency: "AUD", shopRate: 1.3158 });
    expect(order).toMatchObject({ currency: "USD", total: { minor: 3000 }, shipping: { minor: 500 } });
  });

  test("subtracts every allocated discount, and ignores total_discount", () => {
    expect(
      totals(orderOf({ lines: [aLine({ unit: 1000, quantity: 3, lineDiscount: 100, orderDiscount: 250 })] })),
    ).toEqual([2650]);
  });

  test("of an old API version without sets and allocations is read by its plain amounts", () => {
    const order = orderOf(
      { shipping: 0 },
      {
        presentment_currency: undefined,
        total_price_set: undefined,
        total_tax_set: undefined,
        shipping_lines: undefined,
        line_items: [
          { quantity: 2, price: "12.50", total_discount: "1.00", sku: "TEA-1", product_id: 1, variant_id: 2 },
        ],
      },
    );
    expect(totals(order)).toEqual([2400]);
    expect(order.total.minor).toBe(2500);
  });

  test("is refused if the buyer's currency is not the shop's and its amounts are missing", () => {
    const text = anOrderWebhook(
      { currency: "USD", shopCurrency: "AUD", shopRate: 1.3 },
      { total_price_set: undefined },
    );
    expect(problemOf(text)).toMatchObject({ code: "not-an-order" });
    expect(problemOf(text)?.detail).toMatch(/^total_price_set: .*USD/);
  });

  test("counts what was bought, not what was kept", () => {
    const order = orderOf({ lines: [aLine({ quantity: 3, refunded: 2 })] });
    expect(order.lines[0]).toMatchObject({ quantity: 3, total: { minor: 3750 } });
  });

  test.each([
    ["its plan's id", { selling_plan_id: 77 }, true],
    ["an id beyond 2^53", { selling_plan_id: "9007199254740993123" }, true],
    ["a plan of an older version", { selling_plan_allocation: { selling_plan: { name: "Monthly" } } }, true],
    ["no plan", {}, false],
    ["no plan, since 2026-10", { selling_plan_id: null }, false],
    [
      "a pre-order's plan",
      { selling_plan_id: null, selling_plan_allocation: { selling_plan: { name: "Pre-order" } } },
      false,
    ],
    [
      "a plan that does not recur",
      { selling_plan_id: 77, selling_plan_allocation: { selling_plan: { recurring_deliveries: false } } },
      false,
    ],
  ])("tells a subscription's line by its plan: %s", (_what, fields, expected) => {
    const order = orderOf({}, { line_items: [{ quantity: 1, price: "5.00", ...fields }] });
    expect(order.lines[0]?.isSubscription).toBe(expected);
  });

  test("ignores a tip's line and a removed shipping line", () => {
    const line = { quantity: 1, price: "5.00" };
    const order = orderOf(
      {},
      {
        line_items: [line, { ...line, title: "Tip", tip: { payment_gateway: "x" } }],
        shipping_lines: [{ price: "4.00" }, { price: "9.00", is_removed: true }],
      },
    );
    expect(totals(order)).toEqual([500]);
    expect(order.shipping.minor).toBe(400);
  });

  test("takes shipping after its discounts, whichever field has them", () => {
    const shipping = (line: object) => orderOf({}, { shipping_lines: [line] }).shipping.minor;
    expect(shipping({ price: "9.00", discounted_price: "4.00" })).toBe(400);
    expect(shipping({ price: "9.00", discounted_price: "9.00", discount_allocations: [{ amount: "9.00" }] })).toBe(0);
  });

  test("gives the buyer, from any part of the payload", () => {
    expect(orderOf({}).person).toEqual({
      emails: ["ada@example.com"],
      phones: ["+1 650-555-1212"],
      firstName: "Ada",
      lastName: "Example",
      city: "Menlo Park",
      province: "CA",
      zip: "94025",
      country: "US",
      customerId: "4206822293653",
    });
    const gift = orderOf(
      {},
      {
        billing_address: null,
        customer: null,
        shipping_address: { country_code: "DE", first_name: "Grace", phone: "030 901820" },
      },
    );
    expect(gift.person).toMatchObject({ firstName: "Grace", phones: ["030 901820"], country: "DE", customerId: null });
  });

  test("gives the region of the shipping address, with the state in the United States", () => {
    expect(orderOf({}).region).toBe("US-CA");
    expect(orderOf({}, { shipping_address: { country_code: "de", province_code: "BE" } }).region).toBe("DE");
    expect(orderOf({ buyer: null }).region).toBeNull();
  });

  test("without customer, address, client and attributes is still an order", () => {
    const order = orderOf(
      { buyer: null },
      { client_details: undefined, note_attributes: undefined, landing_site: undefined, email: undefined },
    );
    expect(order).toMatchObject({
      userAgent: null,
      landingSite: null,
      attributes: {},
      person: { emails: [], phones: [] },
    });
  });

  test("keeps only text attributes, whatever their names", () => {
    const note_attributes = [
      { name: "gift", value: "yes" },
      { name: "count", value: 3 },
      { name: "__proto__", value: "x" },
      { name: "none", value: null },
    ];
    const { attributes } = orderOf({}, { note_attributes });
    expect(Object.entries(attributes)).toEqual([
      ["gift", "yes"],
      ["__proto__", "x"],
    ]);
  });
});

describe("a payload that is not an order", () => {
  test.each([
    ["an empty body", ""],
    ["half a body", '{"id": 1'],
  ])("%s is not JSON", (_what, text) => {
    expect(parseOrder(text)).toMatchObject({ ok: false, problem: { code: "not-json" } });
  });

  test.each([
    [
      "a draft order",
      anOrderWebhook({}, { admin_graphql_api_id: "gid://shopify/DraftOrder/1" }),
      /^admin_graphql_api_id: /,
    ],
    ["a list", "[]", /object/],
    ["nothing", "null", /object/],
    ["an order without lines", anOrderWebhook({}, { line_items: undefined }), /^line_items: /],
    ["an order without a currency", anOrderWebhook({}, { currency: undefined }), /^currency: /],
    [
      "a negative quantity",
      anOrderWebhook({}, { line_items: [{ quantity: -1, price: "1.00" }] }),
      /^line_items\.0\.quantity: /,
    ],
    ["an unreadable price", anOrderWebhook({}, { line_items: [{ quantity: 1, price: "1,00" }] }), /^line_items\.0: /],
    ["an unreadable total", anOrderWebhook({}, { total_price_set: null, total_price: "free" }), /^total_price_set: /],
    [
      "a time without its offset",
      anOrderWebhook({}, { processed_at: "2026-11-20 10:15:30", created_at: null }),
      /^processed_at: /,
    ],
  ])("%s: the detail names the field", (_what, text, detail) => {
    expect(problemOf(text)).toMatchObject({ code: "not-an-order" });
    expect(problemOf(text)?.detail).toMatch(detail);
  });

  test("the detail never repeats a value, which may be personal", () => {
    const secret = "ada.private@example.com";
    const fields = [
      "email",
      "currency",
      "total_price",
      "line_items",
      "customer",
      "created_at",
      "test",
      "admin_graphql_api_id",
    ];
    for (const field of fields) {
      for (const value of [secret, [secret], { name: secret }]) {
        const withSecret = { total_price_set: null, processed_at: null, [field]: value };
        const parsed = parseOrder(anOrderWebhook({}, withSecret));
        if (!parsed.ok) expect(parsed.problem.detail).not.toContain("ada");
      }
    }
  });
});
