import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { purchaseFactsFromCheckout } from "../../app/browser-legs/checkout.ts";
import { purchaseEventId } from "../../app/event-contract/event-id.ts";
import {
  type ContentIdTemplate,
  type MeasurementRules,
  purchaseData,
  type ValueBasis,
} from "../../app/event-contract/purchase.ts";
import { parseOrder } from "../../app/intake/parse-order.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import { anySale } from "../fixtures/orders/any-sale.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { shippingOf, subtotalOf, totalOf, type TrueSale } from "../fixtures/orders/true-sale.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";

const ORDERS = 2_000;
const NOW = new Date("2026-11-20T16:00:00Z");
const BASES: readonly ValueBasis[] = ["total", "subtotal", "subtotal_without_tax"];
const TEMPLATES: readonly ContentIdTemplate[] = ["variant_id", "product_id", "sku", "shopify_country_product_variant"];

/** What the browser leg says under the rules, from the checkout as the pixel gets it. */
function browserLegOf(sale: TrueSale) {
  const shop = aShopDomain();
  const facts = purchaseFactsFromCheckout(aCheckout(sale), shop);
  if ("missing" in facts) throw new Error(`the browser misses ${facts.missing}`);
  return (rules: MeasurementRules) => ({
    eventId: purchaseEventId(shop, facts.orderId),
    data: purchaseData(facts, rules),
  });
}

/** What the server leg says under the rules, from the webhook's text. */
function serverEventOf(sale: TrueSale) {
  const order = parseOrder(anOrderWebhook(sale));
  if (!order.ok) throw new Error(order.problem.detail);
  return (rules: Partial<MeasurementRules>) =>
    purchaseFromOrder(order.value, { shop: aShopDomain(), settings: settingsWith(rules) }, NOW);
}
const serverEvent = (sale: TrueSale, rules: Partial<MeasurementRules> = {}) => serverEventOf(sale)(rules);

describe("one purchase, one event", () => {
  test("browser and server tell the same id, value, currency, contents and item count of any order", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const [browser, server] = [browserLegOf(sale), serverEventOf(sale)];
        for (const valueBasis of BASES) {
          for (const contentId of TEMPLATES) {
            const giftCards = sale.tip > 0 ? "leave-out" : "count";
            const rules = { valueBasis, contentId, contentCountry: "US", giftCards } as const;
            const { event_id: eventId, custom_data: data } = server(rules).body;
            expect(browser(rules)).toEqual({ eventId, data });
          }
        }
      }),
      { numRuns: ORDERS },
    );
  });

  test("the value is what the buyer pays, whichever way it is counted", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const server = serverEventOf(sale);
        const valueIn = (valueBasis: ValueBasis) => server({ valueBasis }).body.custom_data.value;
        const unit = 10 ** sale.decimals;
        expect(valueIn("total")).toBe(totalOf(sale) / unit);
        expect(valueIn("subtotal")).toBe(subtotalOf(sale) / unit);
        // A tip of at least the tax hides tax that is inside the prices (stated in event-contract/purchase.ts).
        if (sale.taxesIncluded && sale.tax > 0 && sale.tip >= sale.tax) return;
        const ofLines = subtotalOf(sale) / (subtotalOf(sale) + shippingOf(sale) || 1);
        const withoutTax = subtotalOf(sale) - (sale.taxesIncluded ? sale.tax * ofLines : 0);
        expect(Math.abs(Number(valueIn("subtotal_without_tax")) * unit - withoutTax)).toBeLessThan(0.51);
      }),
      { numRuns: ORDERS },
    );
  });

  test("the items' prices add up to the subtotal, within one minor unit a line", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        fc.pre(sale.lines.every((line) => line.variantId !== null));
        const { contents = [] } = serverEvent(sale, { contentId: "variant_id" }).body.custom_data;
        const sum = contents.reduce((total, { item_price, quantity }) => total + item_price * quantity, 0);
        expect(contents).toHaveLength(sale.lines.length);
        expect(Math.abs(sum * 10 ** sale.decimals - subtotalOf(sale))).toBeLessThanOrEqual(sale.lines.length);
      }),
      { numRuns: ORDERS },
    );
  });

  test("giving items back later changes neither id nor value nor contents", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const kept = { ...sale, lines: sale.lines.map((line) => ({ ...line, refunded: 0 })) };
        expect(serverEvent(sale).body).toEqual(serverEvent(kept).body);
      }),
    );
  });

  test("different orders never share an id", () => {
    fc.assert(
      fc.property(anySale, anySale, (one, other) => {
        fc.pre(one.orderId !== other.orderId);
        expect(serverEvent(one).body.event_id).not.toBe(serverEvent(other).body.event_id);
      }),
    );
  });
});

describe("people stay private", () => {
  test("no e-mail, phone number, name, place or postcode stands readable in an event", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const event = JSON.stringify(serverEvent(sale)).toLowerCase();
        const { buyer } = sale;
        const personal = [buyer?.email, buyer?.firstName, buyer?.lastName, buyer?.city, buyer?.zip, buyer?.province];
        for (const text of personal) if (text) expect(event).not.toContain(text.trim().toLowerCase());
        const digits = buyer?.phone?.replace(/\D/g, "") ?? "";
        if (digits !== "") expect(event).not.toContain(digits);
      }),
      { numRuns: ORDERS },
    );
  });

  test("a hash in an event is never the hash of nothing", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        expect(JSON.stringify(serverEvent(sale))).not.toContain("e3b0c44298fc1c149afbf4c8996fb924");
      }),
    );
  });
});
