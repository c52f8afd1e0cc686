import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { purchaseFactsFromCheckout } from "../../app/browser/checkout.ts";
import { purchaseEventId } from "../../app/event-contract/event-id.ts";
import {
  type ContentIdTemplate,
  type MeasurementRules,
  purchaseData,
  type ValueBasis,
} from "../../app/event-contract/purchase.ts";
import { parseEventsPost } from "../../app/event-contract/parse-collector-post.ts";
import { momentText } from "../../app/event-contract/wire.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { holdsFor, SALES } from "../fixtures/orders/some-sales.ts";
import { lineNet, shippingOf, subtotalOf, totalOf, type TrueSale } from "../fixtures/orders/true-sale.ts";

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

function orderOf(sale: TrueSale) {
  const order = parseOrder(anOrderWebhook(sale));
  if (!order.ok) throw new Error(order.problem.detail);
  return order.value;
}

// Read once: that is most of the work.
const SOLD = SALES.map((sale, n) => ({ n, sale, order: orderOf(sale) }));
type Sold = Pick<(typeof SOLD)[number], "order">;

/** What the server leg says under the rules, from the webhook's text. */
const serverEvent = ({ order }: Sold, rules: Partial<MeasurementRules> = {}) =>
  purchaseFromOrder(order, { shop: aShopDomain(), settings: settingsWith(rules) }, NOW);
const EVENTS = SOLD.map((sold) => ({ sale: sold.sale, event: serverEvent(sold) }));

describe("one purchase, one event", () => {
  test("browser and server send the same ID, value, currency, contents and item count for any order", () => {
    holdsFor(SOLD, ({ n, sale, order }) => {
      const browserLeg = browserLegOf(sale);
      // Each sale by every basis, and by one template after the other.
      for (const [nth, valueBasis] of BASES.entries()) {
        const contentId = TEMPLATES[(n + nth) % TEMPLATES.length] ?? "variant_id";
        const giftCards = sale.tip > 0 ? "leave-out" : "count";
        const rules = { valueBasis, contentId, contentCountry: "US", giftCards } as const;
        const { event_id: eventId, custom_data: data } = serverEvent({ order }, rules).body;
        const [browser, server] = [browserLeg(rules), { eventId, data }];
        if (!isDeepStrictEqual(browser, server)) expect(browser).toEqual(server);
      }
    });
  });

  test("the collector reads each event of a moment with the data that the browser sends to Meta", () => {
    const { id: _id, name: _name, ...post } = aCollectorPost();
    const rules = settingsWith();
    holdsFor(SOLD.slice(0, 2_000), ({ sale }) => {
      const { eventId, data } = browserLegOf(sale)(rules);
      const own = { at: post.at, leg: post.leg };
      const text = momentText(post, [
        { ...own, name: "PageView", id: eventId, data: {} },
        { ...own, name: "Purchase", id: eventId, data },
      ]);
      const read = parseEventsPost(text).map((event) => (event.ok ? [event.post.id, event.post.data] : event));
      const sent = [
        [eventId, {}],
        [eventId, data],
      ];
      if (!isDeepStrictEqual(read, sent)) expect(read).toEqual(sent);
    });
  });

  test("the value is what the buyer pays, by every value basis", () => {
    let withTax = 0;
    holdsFor(SOLD, ({ sale, order }) => {
      const unit = 10 ** sale.decimals;
      const valueIn = (valueBasis: ValueBasis) => serverEvent({ order }, { valueBasis }).body.custom_data.value;
      const paid = [valueIn("total"), valueIn("subtotal")];
      const due = [totalOf(sale) / unit, subtotalOf(sale) / unit];
      if (!isDeepStrictEqual(paid, due)) expect(paid).toEqual(due);
      // A tip of at least the tax hides tax that is inside the prices (stated in event-contract/purchase.ts).
      if (sale.taxesIncluded && sale.tax > 0 && sale.tip >= sale.tax) return;
      withTax += Number(sale.taxesIncluded && sale.tax > 0);
      const ofLines = subtotalOf(sale) / (subtotalOf(sale) + shippingOf(sale) || 1);
      const withoutTax = subtotalOf(sale) - (sale.taxesIncluded ? sale.tax * ofLines : 0);
      const off = Math.abs(Number(valueIn("subtotal_without_tax")) * unit - withoutTax);
      if (!(off < 0.51)) expect(off).toBeLessThan(0.51);
    });
    expect(withTax).toBeGreaterThan(400);
  });

  test("the items' prices add up to what is paid for them, within one minor unit a line", () => {
    holdsFor(EVENTS, ({ sale, event }) => {
      // Without a variant there is nothing in the catalog that the line could name.
      const named = sale.lines.filter((line) => line.variantId !== null);
      const { contents = [] } = event.body.custom_data;
      if (contents.length !== named.length) expect(contents).toHaveLength(named.length);
      const sum = contents.reduce((total, { item_price, quantity }) => total + item_price * quantity, 0);
      const off = Math.abs(sum * 10 ** sale.decimals - named.reduce((all, line) => all + lineNet(line), 0));
      if (!(off <= named.length)) expect(off).toBeLessThanOrEqual(named.length);
    });
  });

  test("later returns change neither ID, value nor contents", () => {
    const returned = EVENTS.filter(({ sale }) => sale.lines.some((line) => line.refunded > 0)).slice(0, 500);
    expect(returned).toHaveLength(500);
    holdsFor(returned, ({ sale, event }) => {
      const order = orderOf({ ...sale, lines: sale.lines.map((line) => ({ ...line, refunded: 0 })) });
      const kept = serverEvent({ order });
      if (!isDeepStrictEqual(event.body, kept.body)) expect(event.body).toEqual(kept.body);
    });
  });

  test("different orders never share an id", () => {
    const orders = new Set(SALES.map(({ orderId }) => orderId));
    expect(new Set(EVENTS.map(({ event }) => event.body.event_id)).size).toBe(orders.size);
  });
});

describe("people stay private", () => {
  test("no event contains a readable email, phone number, name, place or postcode", () => {
    holdsFor(EVENTS, ({ sale, event }) => {
      const text = JSON.stringify(event).toLowerCase();
      const { buyer } = sale;
      const personal = [buyer?.email, buyer?.firstName, buyer?.lastName, buyer?.city, buyer?.zip, buyer?.province];
      const digits = buyer?.phone?.replace(/\D/g, "") ?? "";
      const readable = [...personal.map((own) => own?.trim().toLowerCase()), digits].filter(
        (own) => own !== undefined && own !== "" && text.includes(own),
      );
      if (readable.length > 0) expect(readable).toEqual([]);
    });
  });

  test("no event contains the hash of an empty string", () => {
    expect(JSON.stringify(EVENTS.map(({ event }) => event))).not.toContain("e3b0c44298fc1c149afbf4c8996fb924");
  });
});
