import { describe, expect, test } from "vitest";
import type { BrowserLeg } from "../../app/event-contract/wire.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";
import { ago, cashOnDelivery, seconds } from "./cash-on-delivery-scene.ts";

const PLACED_AT = ago(12);
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

const scene = cashOnDelivery();
const { events, post, sent } = scene;

const order = (changes: Partial<TrueSale> = {}): string =>
  anOrderWebhook({ ...scene.sale(), placedAt: PLACED_AT.toISOString(), ...changes });

// The browser's own leg is left out of such an order.
const placeTwelveDaysAgo = (leg: BrowserLeg = { sent: false, because: "manual-payment" }): Promise<void> =>
  scene.place(order(), PLACED_AT, leg);

describe("an order paid on its twelfth day", () => {
  test("is one Purchase on that day, with the browser data of its checkout, and Meta accepts it", async () => {
    await placeTwelveDaysAgo();
    await scene.retire();
    const paidAt = new Date(Date.now() - 20_000);
    const paid = order({ financialStatus: "paid", updatedAt: paidAt.toISOString() });
    await post("orders/paid", paid, paidAt);
    await post("orders/updated", paid, paidAt);

    await expect.poll(events).toMatchObject([{ state: "delivered" }]);
    expect(sent()).toHaveLength(1);
    const [purchase] = sent();
    expect(purchase?.serverCopies).toBe(1);
    expect(purchase?.server?.event).toMatchObject({
      event_name: "Purchase",
      event_time: seconds(paidAt),
      action_source: "website",
      event_source_url: `https://${scene.sale().shop}/checkouts`,
      user_data: { fbp: "fb.1.1790000000000.123456789", client_user_agent: BROWSER },
      original_event_data: {
        event_name: "Purchase",
        event_time: seconds(PLACED_AT),
        event_id: scene.eventId(),
        order_id: "900",
      },
    });
  });

  test("has the value of its remaining lines, and a later refund changes nothing", async () => {
    await placeTwelveDaysAgo();
    const paidAt = new Date(Date.now() - 60_000);
    const lines = [
      aLine({ variantId: "1", unit: 4_000, quantity: 1, removed: 1 }),
      aLine({ variantId: "2", unit: 3_000, quantity: 2 }),
    ];
    const edited = { lines, editedAt: ago(5).toISOString(), updatedAt: paidAt.toISOString(), financialStatus: "paid" };
    const given = lines.map((line, nth) => ({ ...line, refunded: nth }));
    await post("orders/paid", order(edited), paidAt);
    await post("orders/updated", order({ ...edited, lines: given }), new Date());

    await expect.poll(events).toMatchObject([{ state: "delivered" }]);
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.server?.event["custom_data"]).toMatchObject({
      value: 60,
      num_items: 2,
      contents: [{ id: "2", quantity: 2, item_price: 30 }],
    });
  });

  test("is withheld if its browser leg was sent at checkout, more than 48 hours before", async () => {
    await placeTwelveDaysAgo({ sent: true });
    await scene.prisma().event.updateMany({ where: { shop: scene.sale().shop }, data: { browserSeenAt: PLACED_AT } });
    const paidAt = new Date(Date.now() - 20_000);
    await post("orders/paid", order({ financialStatus: "paid", updatedAt: paidAt.toISOString() }), paidAt);

    const withheld = { state: "withheld", reason: "dedup-window-passed" };
    await expect.poll(events).toMatchObject([withheld]);
    expect(sent()).toEqual([]);
  });

  test("is limited if the customer opted out of the sale of their data at checkout", async () => {
    const consent = { marketing: true, saleOfData: false, at: PLACED_AT.getTime() };
    await scene.collect({ consent });
    await post("orders/create", order(), PLACED_AT);
    await scene.prisma().browserContext.deleteMany({ where: { shop: scene.sale().shop } });
    const paidAt = new Date(Date.now() - 20_000);
    await post("orders/paid", order({ financialStatus: "paid", updatedAt: paidAt.toISOString() }), paidAt);

    await expect.poll(sent).toHaveLength(1);
    expect(sent()[0]?.server?.event).toMatchObject({ data_processing_options: ["LDU"] });
  });
});
