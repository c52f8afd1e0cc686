import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import type { KnownPurchase, NewEvent } from "../../app/outbox/types.ts";
import { acceptOrder } from "../../app/pipeline/accept-order.ts";
import type { Settings } from "../../app/settings/types.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

const PLACED = "2026-11-01T10:00:00Z";
const PAID = "2026-11-13T10:00:00Z";
const NOW = new Date("2026-11-14T09:00:00Z");
const seconds = (time: string): number => Date.parse(time) / 1000;

type Given = {
  readonly sale?: Partial<TrueSale>;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly topic?: string;
  readonly triggeredAt?: string | null;
  readonly known?: KnownPurchase | null;
  readonly settings?: Partial<Settings>;
};

const WAITS: KnownPurchase = { waits: true, countedLaterAt_s: null };
const KNOWN_AS_PLACED: KnownPurchase = { waits: false, countedLaterAt_s: null };

/** What a webhook about an order of 1 November makes, paid on the 13th as far as it says. */
async function madeOf({ sale = {}, fields = {}, topic = "orders/paid", known = WAITS, ...given }: Given) {
  const { triggeredAt = PAID, settings = {} } = given;
  const shop = aShopDomain();
  const made: NewEvent[] = [];
  let lookUps = 0;
  const body = anOrderWebhook({ placedAt: PLACED, updatedAt: PAID, gateway: "Bank Deposit", ...sale }, fields);
  await acceptOrder(
    { shop, topic, webhookId: "1", apiVersion: "2026-10", triggeredAt, body },
    {
      profile: () =>
        Promise.resolve({
          shop,
          ingestKey: "key",
          installed: true,
          settings: settingsWith(settings),
          pixels: [],
        }),
      quarantine: () => Promise.reject(new Error("the order was not read")),
      sentData: () => Promise.resolve(null),
      lookAgain: () => Promise.resolve(),
      knownPurchase: () => {
        lookUps += 1;
        return Promise.resolve(known);
      },
      add: (event: NewEvent, _key: unknown, also: readonly NewEvent[]) => {
        made.push(event, ...also);
        return Promise.resolve({ outcome: "advanced", due: false } as const);
      },
      closeLead: () => Promise.resolve(),
      wake: () => undefined,
      uninstalledAt: () => Promise.resolve(null),
      reopen: () => Promise.resolve(),
      now: () => NOW,
    },
  );
  const [purchase, ...others] = made;
  if (purchase === undefined) throw new Error("an order always has a Purchase");
  return { purchase, others, lookUps, at: purchase.body.event_time };
}

describe("when an order was paid", () => {
  test("is the time of Shopify's payment data if the ledger holds the order as unpaid", async () => {
    const { purchase, at } = await madeOf({});
    expect(at).toBe(seconds(PAID));
    expect(purchase).toMatchObject({
      state: "joining",
      body: {
        event_id: "purchase.tea.6198424240428",
        original_event_data: { event_time: seconds(PLACED), event_id: "purchase.tea.6198424240428" },
      },
    });
  });

  test.each([
    ["a later change that the payload holds already", { sale: { updatedAt: "2026-11-13T18:00:00Z" } }, PAID],
    ["a payload from quarantine, without its header", { triggeredAt: null }, PAID],
    ["a webhook that Shopify resends hours later", { triggeredAt: "2026-11-13T14:00:00Z" }, PAID],
    ["orders/updated, which came first", { topic: "orders/updated" }, PAID],
    ["a method that the merchant named", { sale: { gateway: "Zahlung per Rechnung" } }, PAID],
    ["a webhook from a clock that is behind the order", { triggeredAt: "2026-10-31T10:00:00Z" }, PLACED],
  ])("%s", async (_what, given, expected) => {
    expect((await madeOf(given)).at).toBe(seconds(expected));
  });

  test.each([
    ["a card that was authorized in the checkout and is charged now", { sale: { gateway: "shopify_payments" } }],
    ["an old order's update", { topic: "orders/updated" }],
    ["a payment within minutes of the order", { sale: { updatedAt: "2026-11-01T10:04:00Z" }, known: WAITS }],
    ["the trigger placed", { settings: { purchaseTrigger: "placed" } as const }],
    ["an order whose Purchase was made in the checkout", { known: KNOWN_AS_PLACED }],
  ])("is when it was placed: %s", async (_what, given) => {
    const { purchase, at } = await madeOf({ known: null, ...given });
    expect(at).toBe(seconds(PLACED));
    expect(purchase.body).not.toHaveProperty("original_event_data");
  });

  test.each([
    ["by one of Shopify's manual methods", {}],
    ["under payment terms", { sale: { gateway: "shopify_payments" }, fields: { payment_terms: { due_in_days: 30 } } }],
  ])("is its payment's, though nobody saw it unpaid: %s", async (_what, given) => {
    expect((await madeOf({ known: null, ...given })).at).toBe(seconds(PAID));
  });

  test("is what the ledger has stored, whatever happens to the order later", async () => {
    const countedLaterAt_s = seconds("2026-11-12T08:00:00Z");
    const { at } = await madeOf({ topic: "orders/updated", known: { waits: false, countedLaterAt_s } });
    expect(at).toBe(countedLaterAt_s);
  });

  test("must be within the payment deadline; an order paid at checkout causes no query", async () => {
    const orders = { ...DEFAULT_ORDER_SETTINGS, waitForPaymentDays: 7 };
    expect((await madeOf({ settings: { orders } })).purchase).toMatchObject({
      state: "withheld",
      reason: "not-paid-in-time",
      body: { user_data: {} },
    });
    const unpaid = { sale: { financialStatus: "pending" }, settings: { orders } };
    expect((await madeOf(unpaid)).purchase.reason).toBe("not-paid-in-time");
    const checkout = { sale: { updatedAt: PLACED }, triggeredAt: PLACED };
    expect(await madeOf(checkout)).toMatchObject({ lookUps: 0, at: seconds(PLACED) });
  });
});

describe("what was paid for", () => {
  const EDITED = "2026-11-05T10:00:00Z";
  const LINES = [
    aLine({ variantId: "1", unit: 4_000, quantity: 1, removed: 1 }),
    aLine({ variantId: "2", unit: 1_000, quantity: 3, removed: 1, orderDiscount: 300, isSubscription: true }),
    aLine({ variantId: "3", unit: 500, quantity: 2 }),
  ];
  const dataOf = async (sale: Partial<TrueSale>, given: Given = {}) => {
    const { purchase } = await madeOf({ ...given, sale: { lines: LINES, editedAt: EDITED, shipping: 700, ...sale } });
    return purchase.body.custom_data;
  };

  test("is the current order without removed lines, exact to the cent of Shopify's own sums", async () => {
    expect(await dataOf({})).toMatchObject({
      value: 28,
      num_items: 4,
      contents: [
        { id: "2", quantity: 2, item_price: 9 },
        { id: "3", quantity: 2, item_price: 5 },
      ],
    });
    expect(await dataOf({}, { settings: { valueBasis: "total" } })).toMatchObject({ value: 35 });
    const withoutTax = { settings: { valueBasis: "subtotal_without_tax" } } as const;
    expect(await dataOf({ taxesIncluded: true, tax: 842 }, withoutTax)).toMatchObject({ value: 25.19 });
  });

  test("follows Shopify's subtotal after a discount was redistributed", async () => {
    const fields = { current_subtotal_price: "29.01", current_subtotal_price_set: undefined };
    const { contents = [], value } = await dataOf({}, { fields });
    expect(value).toBe(29.01);
    expect(contents.reduce((all, { item_price, quantity }) => all + item_price * quantity, 0)).toBeCloseTo(29.01, 1);
  });

  test("is not changed by returns after the payment", async () => {
    const lines = LINES.map((line) => ({ ...line, refunded: line.quantity - (line.removed ?? 0) > 1 ? 1 : 0 }));
    const back = { lines, refundedAt: "2026-11-13T20:00:00Z" };
    for (const valueBasis of ["subtotal", "total", "subtotal_without_tax"] as const) {
      const settings = { valueBasis };
      expect(await dataOf({ ...back, tax: 500 }, { settings })).toEqual(await dataOf({ tax: 500 }, { settings }));
    }
  });

  test("can be derived from a payload without the current sums", async () => {
    const fields = { current_total_price: undefined, current_total_price_set: undefined };
    expect(await dataOf({}, { fields, settings: { valueBasis: "total" } })).toMatchObject({ value: 35 });
  });

  test("also applies to Subscribe and to lines added before the payment", async () => {
    const lines = [...LINES, aLine({ variantId: "4", unit: 200, quantity: 1 })];
    const orders = { ...DEFAULT_ORDER_SETTINGS, upsellEvent: true };
    const { purchase, others } = await madeOf({ sale: { lines, editedAt: EDITED }, settings: { orders } });
    expect(purchase.body.custom_data).toMatchObject({ value: 30, num_items: 5 });
    expect(others.map(({ body }) => body)).toMatchObject([
      { event_name: "Subscribe", event_time: seconds(PAID), custom_data: { value: 18, num_items: 2 } },
    ]);
  });

  test("is nothing if every line was removed", async () => {
    const lines = LINES.map((line) => ({ ...line, removed: line.quantity }));
    const { purchase } = await madeOf({ sale: { lines, editedAt: EDITED, shipping: 0 } });
    expect(purchase).toMatchObject({ state: "withheld", reason: "zero-value" });
  });

  test("is the whole checkout if it was paid at checkout, edited since or not", async () => {
    const { purchase } = await madeOf({ sale: { lines: LINES, editedAt: EDITED }, known: KNOWN_AS_PLACED });
    expect(purchase.body.custom_data).toMatchObject({ value: 77, num_items: 6 });
  });
});
