import { beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { ago, cashOnDelivery, seconds } from "./cash-on-delivery-scene.ts";

// Orders that nobody marks as paid.
const scene = cashOnDelivery();
const { events, post, sent } = scene;

type Fields = Readonly<Record<string, unknown>>;

const order = (placedAt: Date, updatedAt: Date, fields: Fields = {}): string =>
  anOrderWebhook({ ...scene.sale(), placedAt: placedAt.toISOString(), updatedAt: updatedAt.toISOString() }, fields);

const parcel = (sentAt: Date, changedAt: Date, status: string | null): Fields => ({
  fulfillment_status: "fulfilled",
  fulfillments: [
    {
      id: 1,
      status: "success",
      shipment_status: status,
      tracking_number: "JD014600003",
      created_at: sentAt.toISOString(),
      updated_at: changedAt.toISOString(),
    },
  ],
});

async function place(placedAt: Date): Promise<void> {
  await scene.place(order(placedAt, placedAt), placedAt, { sent: false, because: "switched-off" });
  await scene.retire();
}

const expectOnePurchase = async (placedAt: Date, at: Date): Promise<void> => {
  await expect.poll(events).toMatchObject([{ state: "delivered" }]);
  expect(sent()).toHaveLength(1);
  expect(sent()[0]?.serverCopies).toBe(1);
  expect(sent()[0]?.server?.event).toMatchObject({
    event_name: "Purchase",
    event_time: seconds(at),
    action_source: "website",
    user_data: { fbp: "fb.1.1790000000000.123456789" },
    original_event_data: {
      event_name: "Purchase",
      event_time: seconds(placedAt),
      event_id: scene.eventId(),
      order_id: "900",
    },
  });
};

describe("where orders count when they are delivered", () => {
  beforeEach(() => scene.saveSettings({ purchaseTrigger: "fulfilled" }));

  test("one that is delivered on its twelfth day is one Purchase of that day, whatever comes and comes again", async () => {
    const [placedAt, sentAt, deliveredAt] = [ago(12), ago(10), ago(0.01)];
    await place(placedAt);
    const onItsWay = order(placedAt, sentAt, parcel(sentAt, sentAt, "in_transit"));
    await post("orders/fulfilled", onItsWay, sentAt);
    await post("orders/updated", onItsWay, sentAt);
    expect(await events()).toMatchObject([{ state: "waiting-for-payment", reason: "waiting-for-fulfillment" }]);

    const delivered = order(placedAt, deliveredAt, parcel(sentAt, deliveredAt, "delivered"));
    await post("orders/updated", delivered, deliveredAt);
    await post("orders/updated", onItsWay, sentAt);
    await post("orders/paid", order(placedAt, new Date(), { financial_status: "paid" }), new Date());
    await post("orders/updated", delivered, deliveredAt);

    await expectOnePurchase(placedAt, deliveredAt);
  });

  test("one that is canceled on its way is withheld, and a delivery afterwards changes nothing", async () => {
    const [placedAt, sentAt] = [ago(5), ago(3)];
    await place(placedAt);
    const cancelled = { ...parcel(sentAt, sentAt, "in_transit"), cancelled_at: ago(1).toISOString() };
    await post("orders/cancelled", order(placedAt, ago(1), cancelled), ago(1));
    await post("orders/updated", order(placedAt, ago(0), parcel(sentAt, ago(0), "delivered")), ago(0));

    expect(await events()).toMatchObject([{ state: "withheld", reason: "cancelled-before-counting" }]);
  });

  test("one that waits for too long is withheld, with its reason", async () => {
    await scene.saveSettings({ waitForPaymentDays: 7 });
    await place(ago(8));
    expect(await events()).toMatchObject([{ state: "withheld", reason: "not-fulfilled-in-time" }]);
  });

  test("a webhook about a parcel has its order looked at, and one that names no order is quarantined", async () => {
    const placedAt = ago(1);
    await place(placedAt);
    expect(await scene.lookAt()).toBeNull();
    const event = { id: 1, fulfillment_id: 2, order_id: 900, status: "delivered", happened_at: ago(0).toISOString() };
    await post("fulfillment_events/create", JSON.stringify(event), ago(0));
    // The worker may have taken the look by now, and then the next one is due later.
    expect(await scene.lookAt()).not.toBeNull();

    await post("fulfillments/update", JSON.stringify({ id: 2 }), ago(0));
    expect(await scene.quarantined()).toBe(1);
  });
});

describe("where orders count when they get a tag", () => {
  beforeEach(async () => {
    const change = { purchaseTrigger: "tagged", triggerTag: "Confirmed" } as const;
    await scene.saveSettings(change);
    expect((await scene.settings())?.orders).toEqual({
      ...DEFAULT_ORDER_SETTINGS,
      triggerTag: "Confirmed",
    });
  });

  test("one that gets it on its third day is one Purchase of that moment, and losing it changes nothing", async () => {
    const [placedAt, taggedAt] = [ago(5), ago(2)];
    await place(placedAt);
    await post("orders/updated", order(placedAt, ago(4), { tags: "vip" }), ago(4));
    expect(await events()).toMatchObject([{ state: "waiting-for-payment", reason: "waiting-for-tag" }]);

    await post("orders/updated", order(placedAt, taggedAt, { tags: "vip, confirmed" }), taggedAt);
    await post("orders/updated", order(placedAt, ago(1), { tags: "vip, confirmed" }), ago(1));
    await post("orders/updated", order(placedAt, ago(0.5), { tags: "vip" }), ago(0.5));

    await expectOnePurchase(placedAt, taggedAt);
  });
});
