import { describe, expect, test } from "vitest";
import { linesFromCheckout, purchaseFactsFromCheckout, saleFromCheckout } from "../../app/browser/checkout.ts";
import { currencyCode } from "../../app/event-contract/money.ts";
import { purchaseData, saleData } from "../../app/event-contract/purchase.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine } from "../fixtures/orders/true-sale.ts";

const shop = aShopDomain();
const USD = currencyCode("USD");
const totalsOf = (checkout: Parameters<typeof linesFromCheckout>[0]) =>
  USD && linesFromCheckout(checkout, USD)?.map((line) => line.total.minor);

const DISCOUNTED = [
  aLine({ unit: 1000, quantity: 3, lineDiscount: 100, orderDiscount: 290 }),
  aLine({ unit: 500, quantity: 1, orderDiscount: 50 }),
];

describe("the web pixel's checkout", () => {
  test("a line's total is the price after all discounts, whichever its final price already includes", () => {
    for (const finalLinePriceIs of ["after-every-discount", "after-line-discounts"] as const) {
      expect(totalsOf(aCheckout({ lines: DISCOUNTED, finalLinePriceIs }))).toEqual([2610, 450]);
    }
  });

  test("the subtotal reveals a final price without any discount subtracted", () => {
    const checkout = aCheckout({ lines: DISCOUNTED });
    const lineItems = checkout.lineItems.map((line, index) => ({
      ...line,
      finalLinePrice: { amount: [30, 5][index] ?? 0, currencyCode: "USD" },
    }));
    expect(totalsOf({ ...checkout, lineItems })).toEqual([2610, 450]);
  });

  test("without a subtotal the documented reading applies: only order-level discounts are subtracted", () => {
    const checkout = aCheckout(
      { lines: DISCOUNTED, finalLinePriceIs: "after-line-discounts" },
      { subtotalPrice: null },
    );
    expect(totalsOf(checkout)).toEqual([2610, 450]);
  });

  test("an empty or half-loaded checkout gives a missing fact, never a zero value", () => {
    const missing = (fields: object) => purchaseFactsFromCheckout({ ...aCheckout(), ...fields }, shop);
    expect(missing({ order: null })).toEqual({ missing: "order-id" });
    expect(missing({ order: { id: null } })).toEqual({ missing: "order-id" });
    expect(missing({ currencyCode: null, totalPrice: null })).toEqual({ missing: "currency" });
    expect(missing({ lineItems: [] })).toEqual({ missing: "lines" });
    expect(missing({ lineItems: [{ quantity: 1, finalLinePrice: null }] })).toEqual({ missing: "lines" });
    expect(missing({ lineItems: [{ quantity: 1.5, finalLinePrice: { amount: 1 } }] })).toEqual({ missing: "lines" });
    expect(missing({ totalPrice: null })).toEqual({ missing: "total" });
    expect(missing({ totalTax: null })).toEqual({ missing: "tax" });
  });

  test("an amount in another currency than the checkout's is ignored", () => {
    const checkout = aCheckout({}, { totalPrice: { amount: 30, currencyCode: "EUR" } });
    expect(purchaseFactsFromCheckout(checkout, shop)).toEqual({ missing: "total" });
  });

  test("before the order exists, the sale data equals the Purchase's except for the order ID", () => {
    const checkout = aCheckout({}, { order: { id: null, customer: null } });
    const sale = saleFromCheckout(checkout);
    const facts = purchaseFactsFromCheckout(aCheckout(), shop);
    if ("missing" in sale || "missing" in facts) throw new Error("both checkouts are whole");
    expect({ ...saleData(sale, settingsWith()), order_id: "6198424240428" }).toEqual(
      purchaseData(facts, settingsWith()),
    );
  });

  test("a custom line counts in value and number of items, but has no content ID", () => {
    const lines = [aLine(), aLine({ productId: null, variantId: null, sku: null, unit: 300, quantity: 1 })];
    const facts = purchaseFactsFromCheckout(aCheckout({ lines }), shop);
    if ("missing" in facts) throw new Error("the checkout is whole");
    expect(purchaseData(facts, settingsWith())).toEqual({
      value: 28,
      currency: "USD",
      content_ids: ["41001"],
      content_type: "product",
      contents: [{ id: "41001", quantity: 2, item_price: 12.5 }],
      num_items: 3,
      order_id: "6198424240428",
    });
  });
});

describe("value and contents", () => {
  const dataWith = (rules: Parameters<typeof settingsWith>[0], sale: Parameters<typeof aCheckout>[0] = {}) => {
    const facts = purchaseFactsFromCheckout(aCheckout(sale), shop);
    if ("missing" in facts) throw new Error("the checkout is whole");
    return purchaseData(facts, settingsWith(rules));
  };

  test.each([
    ["total", 30],
    ["subtotal", 25],
    ["subtotal_without_tax", 25],
  ] as const)("%s with tax on top of nothing is %d", (valueBasis, value) => {
    expect(dataWith({ valueBasis }).value).toBe(value);
  });

  test("included tax is subtracted from the lines in proportion, because shipping contains its own share", () => {
    const sale = { lines: [aLine({ unit: 11_900, quantity: 1 })], shipping: 1190, tax: 2090, taxesIncluded: true };
    expect(dataWith({ valueBasis: "subtotal_without_tax" }, sale).value).toBe(100);
    expect(dataWith({ valueBasis: "subtotal" }, sale).value).toBe(119);
    expect(dataWith({ valueBasis: "total" }, sale).value).toBe(130.9);
  });

  test("tax on top is only in the total", () => {
    const sale = { lines: [aLine({ unit: 10_000, quantity: 1 })], shipping: 0, tax: 1900 };
    expect(dataWith({ valueBasis: "subtotal_without_tax" }, sale).value).toBe(100);
    expect(dataWith({ valueBasis: "subtotal" }, sale).value).toBe(100);
    expect(dataWith({ valueBasis: "total" }, sale).value).toBe(119);
  });

  test.each([
    ["variant_id", "41001", "product"],
    ["product_id", "7001", "product_group"],
    ["sku", "TEA-1", "product"],
    ["shopify_country_product_variant", "shopify_US_7001_41001", "product"],
  ] as const)("ids by %s are %s, a %s", (contentId, id, type) => {
    expect(dataWith({ contentId })).toMatchObject({ content_ids: [id], content_type: type });
  });

  test("two lines of one item are two contents and one id", () => {
    const data = dataWith({}, { lines: [aLine({ quantity: 1 }), aLine({ quantity: 2, unit: 1000 })] });
    expect(data.content_ids).toEqual(["41001"]);
    expect(data.contents).toHaveLength(2);
    expect(data.num_items).toBe(3);
  });
});
