import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { type RetentionDays, retire } from "../../app/privacy/retention.server.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";
const DAY = 86_400_000;
const KEPT: RetentionDays = {
  contexts: 7,
  bodies: 30,
  ledger: 396,
  storefront: 14,
  attempts: 90,
  webhooks: 30,
  quarantine: 90,
};

let meta: MetaSimulator;
let app: TestApp;
let shop: string;

beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset({ metaPixelId: PIXEL, token: TOKEN });
  app = await startAppOn("pglite", meta.httpUrl);
});
afterAll(async () => {
  await app.close();
  await meta.close();
});
beforeEach(async () => {
  shop = await app.connectedShop({ metaPixelId: PIXEL, token: TOKEN });
});

const ago = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 - days * DAY);
const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
const handle = (): string => shop.split(".")[0] ?? "";
const sent = () => meta.received().filter(({ eventId }) => eventId?.startsWith(`purchase.${handle()}.`));
const inPrisma = () => app.opened.database.prisma;

type Fields = Readonly<Record<string, unknown>>;

/** Cash on delivery, which nobody marks as paid. */
const order = (placedAt: Date, updatedAt: Date, fields: Fields = {}): string =>
  anOrderWebhook(
    {
      shop,
      orderId: "900",
      checkoutToken: `checkout-${handle()}`,
      placedAt: placedAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      gateway: "Cash on Delivery (COD)",
      financialStatus: "pending",
    },
    fields,
  );

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

const post = (topic: string, body: string, at: Date) =>
  postWebhook(app.url, body, { shop, topic, headers: { "x-shopify-triggered-at": at.toISOString() } });

async function place(placedAt: Date): Promise<void> {
  const leg = { sent: false, because: "switched-off" } as const;
  await app.collect(shop, aCheckoutReceipt({ shop, orderId: "900", checkoutToken: `checkout-${handle()}`, leg }));
  await inPrisma().browserContext.updateMany({ where: { shop }, data: { receivedAt: placedAt } });
  await post("orders/create", order(placedAt, placedAt), placedAt);
  await inPrisma().event.updateMany({ where: { shop }, data: { createdAt: placedAt } });
  await retire(inPrisma(), { days: KEPT, now: new Date() });
}

const expectOnePurchase = async (placedAt: Date, at: Date): Promise<void> => {
  await expect.poll(() => app.eventsOf(shop), { timeout: 15_000 }).toMatchObject([{ state: "delivered" }]);
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
      event_id: `purchase.${handle()}.900`,
      order_id: "900",
    },
  });
};

describe("where orders count when they are delivered", () => {
  beforeEach(() => app.opened.settings.save(app.domain(shop), { purchaseTrigger: "fulfilled" }, "test"));

  test("one that is delivered on its twelfth day is one Purchase of that day, whatever comes and comes again", async () => {
    const [placedAt, sentAt, deliveredAt] = [ago(12), ago(10), ago(0.01)];
    await place(placedAt);
    const onItsWay = order(placedAt, sentAt, parcel(sentAt, sentAt, "in_transit"));
    await post("orders/fulfilled", onItsWay, sentAt);
    await post("orders/updated", onItsWay, sentAt);
    expect(await app.eventsOf(shop)).toMatchObject([
      { state: "waiting-for-payment", reason: "waiting-for-fulfillment" },
    ]);

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

    expect(await app.eventsOf(shop)).toMatchObject([{ state: "withheld", reason: "cancelled-before-counting" }]);
  });

  test("one that waits for too long is withheld, with its reason", async () => {
    await app.opened.settings.save(app.domain(shop), { waitForPaymentDays: 7 }, "test");
    await place(ago(8));
    expect(await app.eventsOf(shop)).toMatchObject([{ state: "withheld", reason: "not-fulfilled-in-time" }]);
  });

  test("a webhook about a parcel has its order looked at, and one that names no order is quarantined", async () => {
    const placedAt = ago(1);
    await place(placedAt);
    const event = { id: 1, fulfillment_id: 2, order_id: 900, status: "delivered", happened_at: ago(0).toISOString() };
    await post("fulfillment_events/create", JSON.stringify(event), ago(0));
    const now = new Date();
    const next = new Date(Date.now() + 3_600_000);
    expect(await app.opened.events.takeLooks({ now, next, limit: 10 })).toEqual([{ shop, orderId: "900" }]);
    expect(await app.opened.events.takeLooks({ now, next, limit: 10 })).toEqual([]);

    await post("fulfillments/update", JSON.stringify({ id: 2 }), ago(0));
    expect(await inPrisma().quarantine.count({ where: { shop } })).toBe(1);
  });
});

describe("where orders count when they get a tag", () => {
  beforeEach(async () => {
    const change = { purchaseTrigger: "tagged", triggerTag: "Confirmed" } as const;
    await app.opened.settings.save(app.domain(shop), change, "test");
    expect((await app.opened.settings.profile(app.domain(shop)))?.settings.orders).toEqual({
      ...DEFAULT_ORDER_SETTINGS,
      triggerTag: "Confirmed",
    });
  });

  test("one that gets it on its third day is one Purchase of that moment, and losing it changes nothing", async () => {
    const [placedAt, taggedAt] = [ago(5), ago(2)];
    await place(placedAt);
    await post("orders/updated", order(placedAt, ago(4), { tags: "vip" }), ago(4));
    expect(await app.eventsOf(shop)).toMatchObject([{ state: "waiting-for-payment", reason: "waiting-for-tag" }]);

    await post("orders/updated", order(placedAt, taggedAt, { tags: "vip, confirmed" }), taggedAt);
    await post("orders/updated", order(placedAt, ago(1), { tags: "vip, confirmed" }), ago(1));
    await post("orders/updated", order(placedAt, ago(0.5), { tags: "vip" }), ago(0.5));

    await expectOnePurchase(placedAt, taggedAt);
  });
});
