import { describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { metAt_s } from "../../app/normalize/counted-later.ts";
import { purchaseFromOrder } from "../../app/normalize/purchase-from-order.ts";
import { orderAsCounted } from "../../app/pipeline/order-as-counted.ts";
import type { KnownPurchase } from "../../app/outbox/types.ts";
import type { Settings } from "../../app/settings/types.ts";
import { publishedSettingsOf } from "../../app/settings/published-settings-of.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { aProfile } from "./dashboard/samples.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";

const PLACED = "2026-11-01T10:00:00Z";
const SENT = "2026-11-03T10:00:00Z";
const DELIVERED = "2026-11-12T15:30:00Z";
const NOW = new Date("2026-11-14T09:00:00Z");
const seconds = (time: string): number => Date.parse(time) / 1000;

const FULFILLED = { purchaseTrigger: "fulfilled" } as const;
const TAGGED = {
  purchaseTrigger: "tagged",
  orders: { ...DEFAULT_ORDER_SETTINGS, triggerTag: "Paid by bank" },
} as const;

type Fields = Readonly<Record<string, unknown>>;

const aParcel = (fields: Fields = {}): Fields => ({
  id: 1,
  status: "success",
  shipment_status: null,
  tracking_number: "JD014600003",
  created_at: SENT,
  updated_at: SENT,
  ...fields,
});

const delivered = aParcel({ shipment_status: "delivered", updated_at: DELIVERED });
const fulfilled = (...fulfillments: readonly Fields[]): Fields => ({ fulfillment_status: "fulfilled", fulfillments });

const orderOf = (fields: Fields, sale: Partial<TrueSale> = {}) => {
  const order = parseOrder(anOrderWebhook({ placedAt: PLACED, updatedAt: DELIVERED, ...sale }, fields));
  if (!order.ok) throw new Error(order.problem.detail);
  return order.value;
};

type Given = {
  readonly sale?: Partial<TrueSale>;
  readonly at?: string | null;
  readonly now?: Date;
  readonly known?: KnownPurchase | null;
};

async function purchaseOf(
  fields: Fields,
  settings: Partial<Settings>,
  { sale, at = null, now = NOW, known = null }: Given = {},
) {
  const profile = aProfile({ settings: settingsWith(settings) });
  const occasion = { topic: "orders/updated", at_s: at === null ? null : seconds(at) };
  const knownPurchase = () => Promise.resolve(known);
  const order = await orderAsCounted(orderOf(fields, sale), { profile, occasion, now }, { knownPurchase });
  return purchaseFromOrder(order, profile, now);
}

describe("under the trigger fulfilled an order counts", () => {
  test.each([
    ["when its carrier delivered it", fulfilled(delivered), DELIVERED],
    ["when the last of its parcels was delivered", fulfilled(aParcel({ tracking_number: null }), delivered), DELIVERED],
    ["when it was sent, without anything to track", fulfilled(aParcel({ tracking_number: null })), SENT],
    ["when it was sent, without a carrier's word for three days", fulfilled(aParcel()), SENT],
    [
      "when it was sent, with Shopify's own default status only",
      fulfilled(aParcel({ shipment_status: "confirmed" })),
      SENT,
    ],
    ["when it was collected", fulfilled(aParcel({ shipment_status: "picked_up", updated_at: DELIVERED })), DELIVERED],
    ["without the parcel that was canceled", fulfilled(aParcel({ status: "cancelled" }), delivered), DELIVERED],
    [
      "by the Admin API's own time of delivery",
      fulfilled({ ...delivered, delivered_at: "2026-11-12T11:00:00Z" }),
      "2026-11-12T11:00:00Z",
    ],
  ])("%s", async (_when, fields, at) => {
    const { state, body } = await purchaseOf(fields, FULFILLED);
    expect(state).toBe("joining");
    expect(body).toMatchObject({
      event_time: seconds(at),
      original_event_data: { event_name: "Purchase", event_time: seconds(PLACED), order_id: "6198424240428" },
    });
  });

  test.each([
    ["nothing was sent", {}],
    ["a part was sent", { fulfillment_status: "partial", fulfillments: [delivered] }],
    ["its carrier has it", fulfilled(aParcel({ shipment_status: "in_transit" }))],
    ["one of its parcels is on its way", fulfilled(delivered, aParcel({ shipment_status: "out_for_delivery" }))],
    ["its carrier could not deliver it", fulfilled(aParcel({ shipment_status: "failure" }))],
    [
      "its carrier has been silent for less than three days",
      fulfilled(aParcel({ created_at: "2026-11-11T10:00:00Z" })),
    ],
  ])("and waits while %s", async (_why, fields) => {
    expect(await purchaseOf(fields, FULFILLED)).toMatchObject({
      state: "waiting-for-payment",
      reason: "waiting-for-fulfillment",
    });
  });

  test("whether it is paid or not: cash on delivery is paid at the door, and nobody tells Shopify", async () => {
    const unpaid = await purchaseOf(fulfilled(delivered), FULFILLED, { sale: { financialStatus: "pending" } });
    expect(unpaid.state).toBe("joining");
  });

  test("with what was left of it then", async () => {
    const lines = [
      aLine({ variantId: "1", unit: 4_000, quantity: 1, removed: 1 }),
      aLine({ unit: 3_000, quantity: 2 }),
    ];
    const { body } = await purchaseOf(fulfilled(delivered), FULFILLED, { sale: { lines, editedAt: SENT } });
    expect(body.custom_data).toMatchObject({ value: 60, num_items: 2 });
  });
});

describe("under the trigger tagged an order counts", () => {
  const at = "2026-11-04T10:00:00Z";
  test.each(["Paid by bank", "paid by bank", " vip,  PAID BY BANK "])("when it has the tag: %s", async (tags) => {
    const { state, body } = await purchaseOf({ tags }, TAGGED, { at, sale: { updatedAt: "2026-11-05T10:00:00Z" } });
    expect(state).toBe("joining");
    expect(body).toMatchObject({ event_time: seconds(at), original_event_data: { event_time: seconds(PLACED) } });
  });

  test.each(["", "paid", "paid by bank transfer"])("and waits without it: %j", async (tags) => {
    expect(await purchaseOf({ tags }, TAGGED)).toMatchObject({
      state: "waiting-for-payment",
      reason: "waiting-for-tag",
    });
  });

  test("never by a tag that nobody named", () => {
    const settings = settingsWith({ purchaseTrigger: "tagged" });
    const occasion = { topic: null, at_s: null };
    expect(metAt_s(orderOf({ tags: "a, b" }), { occasion, settings, now: NOW })).toBeNull();
  });
});

describe.each([
  ["fulfilled", FULFILLED, fulfilled(delivered), "not-fulfilled-in-time"],
  ["tagged", TAGGED, { tags: "Paid by bank" }, "not-tagged-in-time"],
] as const)("an order under the trigger %s", (_trigger, settings, met, tooLate) => {
  test("keeps the time at which it counted", async () => {
    const countedLaterAt_s = seconds(SENT);
    const { body } = await purchaseOf(met, settings, { known: { waits: false, countedLaterAt_s } });
    expect(body.event_time).toBe(countedLaterAt_s);
  });

  test("that counted as placed under an earlier trigger stays so", async () => {
    const { body } = await purchaseOf(met, settings, { known: { waits: false, countedLaterAt_s: null } });
    expect(body.event_time).toBe(seconds(PLACED));
  });

  test("that is canceled before is withheld, with its reason", async () => {
    expect(await purchaseOf({ ...met, cancelled_at: SENT }, settings)).toMatchObject({
      state: "withheld",
      reason: "cancelled-before-counting",
    });
  });

  test("that is late beyond the wait is withheld, with its reason", async () => {
    const orders = { ...DEFAULT_ORDER_SETTINGS, triggerTag: "Paid by bank", waitForPaymentDays: 7 };
    const late = { state: "withheld", reason: tooLate };
    expect(await purchaseOf(met, { ...settings, orders })).toMatchObject(late);
    expect(await purchaseOf({}, { ...settings, orders })).toMatchObject(late);
  });

  test("is left out by the browser in the checkout, whose receipt still comes", () => {
    const published = publishedSettingsOf(aProfile({ settings: settingsWith(settings) }), "https://tandem.example");
    expect(published).toMatchObject({
      purchaseTrigger: "paid",
      events: { Purchase: { as: "Purchase", browser: false } },
    });
  });
});
