import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyCode, type Money, parseMoney } from "../../app/event-contract/money.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { eventsFromOrder } from "../../app/normalize/events-from-order.ts";
import { netRevenueOf } from "../../app/normalize/net-revenue.ts";
import type { Settings } from "../../app/settings/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine, type SaleLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

const NOW = new Date("2026-11-20T16:00:00Z");
const WANTED = { ...DEFAULT_ORDER_SETTINGS, netRevenue: true };

const mug = aLine({ variantId: "1", unit: 2000, quantity: 2 });
const towel = aLine({ variantId: "2", unit: 1000, quantity: 1 });

/** The Purchase of a sale in a shop that wants net revenue, unless its settings say otherwise. */
function purchaseOf(sale: Partial<TrueSale>, changes: Partial<Settings> = {}) {
  const order = parseOrder(anOrderWebhook({ shipping: 0, ...sale }));
  if (!order.ok) throw new Error(order.problem.detail);
  const settings = settingsWith({ orders: WANTED, ...changes });
  return eventsFromOrder(order.value, { shop: aShopDomain(), settings }, NOW)[0];
}

const money = (amount: string, currency: string): Money => {
  const code = currencyCode(currency);
  const parsed = code && parseMoney(amount, code);
  return parsed ?? expect.unreachable();
};

/** Variant by variant, `"7.50 USD"`. */
const costsOf = (unitCosts: Readonly<Record<string, string>>): ReadonlyMap<string, Money> =>
  new Map(
    Object.entries(unitCosts).map(([id, text]) => {
      const [amount = "", currency = ""] = text.split(" ");
      return [id, money(amount, currency)] as const;
    }),
  );

function noteOf(
  sale: Partial<TrueSale>,
  unitCosts: Readonly<Record<string, string>>,
  leastCoverage = 100,
  changes = {},
) {
  const { body, costBasis } = purchaseOf(sale, changes);
  if (costBasis === undefined) throw new Error("no cost basis");
  return netRevenueOf(body.custom_data, costBasis, { costs: costsOf(unitCosts), leastCoverage });
}

describe("net revenue", () => {
  test("is the value minus the items' costs", () => {
    expect(noteOf({ lines: [mug, towel] }, { 1: "7.50 USD", 2: "4.01 USD" })).toEqual({
      reported: 30.99,
      coverage: 100,
      reason: null,
    });
  });

  test("starts from the value that the merchant chose, after every discount", () => {
    const lines = [{ ...mug, lineDiscount: 500, orderDiscount: 100 }];
    const sale = { lines, shipping: 490, tax: 390 };
    const costs = { 1: "7.50 USD" };
    expect(noteOf(sale, costs).reported).toBe(19);
    expect(noteOf(sale, costs, 100, { valueBasis: "total" }).reported).toBe(27.8);
  });

  test("is in the buyer's currency, by the order's own rate", () => {
    const sale = { lines: [mug], currency: "USD", shopCurrency: "AUD", shopRate: 1.25 };
    // 40.00 USD are 50.00 AUD, so 10.00 AUD a piece are 8.00 USD.
    expect(noteOf(sale, { 1: "10.00 AUD" }).reported).toBe(24);
  });

  test("ignores a cost that is not in the shop's currency", () => {
    const sale = { lines: [mug], currency: "USD", shopCurrency: "AUD", shopRate: 1.25 };
    expect(noteOf(sale, { 1: "10.00 USD" })).toEqual({ reported: null, coverage: 0, reason: "costs-below-coverage" });
  });

  test("is not sent below the merchant's minimum coverage", () => {
    expect(noteOf({ lines: [mug, towel] }, { 1: "7.50 USD" }, 81)).toEqual({
      reported: null,
      coverage: 80,
      reason: "costs-below-coverage",
    });
  });

  test("assumes the same cost ratio for lines without a cost if coverage is sufficient", () => {
    // 15.00 of 40.00, so 18.75 of 50.00.
    expect(noteOf({ lines: [mug, towel] }, { 1: "7.50 USD" }, 80).reported).toBe(31.25);
  });

  test("is not sent if the sale was below cost", () => {
    const note = noteOf({ lines: [mug] }, { 1: "20.01 USD" });
    expect(note).toEqual({ reported: null, coverage: 100, reason: "sold-below-cost" });
  });

  test("excludes gift cards if the merchant does", () => {
    const card: SaleLine = aLine({ variantId: "3", unit: 5000, quantity: 1, isGiftCard: true });
    const sale = { lines: [mug, card] };
    expect(noteOf(sale, { 1: "7.50 USD" }, 100, { giftCards: "leave-out" }).reported).toBe(25);
    expect(noteOf(sale, { 1: "7.50 USD" }).reason).toBe("costs-below-coverage");
  });
});

describe("when net revenue is off", () => {
  test("no order lines are stored, nor with other events", () => {
    expect(purchaseOf({}, { orders: DEFAULT_ORDER_SETTINGS }).costBasis).toBeUndefined();
    const order = parseOrder(anOrderWebhook({ lines: [aLine({ isSubscription: true })] }));
    if (!order.ok) throw new Error(order.problem.detail);
    const [, subscribe] = eventsFromOrder(
      order.value,
      { shop: aShopDomain(), settings: settingsWith({ orders: WANTED }) },
      NOW,
    );
    expect(subscribe?.body.event_name).toBe("Subscribe");
    expect(subscribe?.costBasis).toBeUndefined();
  });
});

const anyBasis = fc.record({
  rate: fc.constantFrom(1, 0.0062, 1.0842, 162.37),
  lines: fc.array(
    fc.record({
      variantId: fc.constantFrom(null, "1", "2", "3", "4"),
      quantity: fc.integer({ min: 1, max: 12 }),
      worth: fc.integer({ min: 0, max: 500_000 }),
    }),
    { maxLength: 8 },
  ),
});
const someCosts = fc.dictionary(fc.constantFrom("1", "2", "3", "4"), fc.integer({ min: 0, max: 100_000 }));

test("for any sale: never above the value, never negative, never below the coverage", () => {
  const [euro, dollar] = [money("0", "EUR").currency, money("0", "USD").currency];
  fc.assert(
    fc.property(
      anyBasis,
      someCosts,
      fc.integer({ min: 0, max: 4_000_000 }),
      fc.integer({ min: 1, max: 100 }),
      (basis, unitCosts, worth, leastCoverage) => {
        const costs = new Map(Object.entries(unitCosts).map(([id, minor]) => [id, { minor, currency: euro }]));
        const sale = { value: worth / 100, currency: dollar };
        const { reported, coverage, reason } = netRevenueOf(
          sale,
          { ...basis, currency: euro },
          { costs, leastCoverage },
        );
        expect(reported === null).toBe(reason !== null);
        expect(reported ?? 0).toBeGreaterThanOrEqual(0);
        expect(reported ?? 0).toBeLessThanOrEqual(worth / 100);
        expect(reason === "costs-below-coverage").toBe(coverage < leastCoverage);
      },
    ),
    { numRuns: 2_000 },
  );
});
