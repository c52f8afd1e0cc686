import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BrowserLeg } from "../../app/event-contract/wire.ts";
import { type RetentionDays, retire } from "../../app/privacy/retention.server.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aLine, type TrueSale } from "../fixtures/orders/true-sale.ts";
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

const PLACED_AT = new Date(Math.floor(Date.now() / 1000) * 1000 - 12 * DAY);
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

const ago = (days: number): Date => new Date(Date.now() - days * DAY);
const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
const handle = (): string => shop.split(".")[0] ?? "";
const sent = () => meta.received().filter(({ eventId }) => eventId?.startsWith(`purchase.${handle()}.`));
const inPrisma = () => app.opened.database.prisma;

/** Cash on delivery, placed twelve days ago. */
const cashOnDelivery = (changes: Partial<TrueSale> = {}): string =>
  anOrderWebhook({
    shop,
    orderId: "900",
    checkoutToken: `checkout-${handle()}`,
    placedAt: PLACED_AT.toISOString(),
    gateway: "Cash on Delivery (COD)",
    financialStatus: "pending",
    ...changes,
  });

const post = (topic: string, body: string, at: Date) =>
  postWebhook(app.url, body, { shop, topic, headers: { "x-shopify-triggered-at": at.toISOString() } });

/** The checkout twelve days ago, as the web pixel reported it: the browser's own leg is left out of such an order. */
async function placeTwelveDaysAgo(leg: BrowserLeg = { sent: false, because: "manual-payment" }): Promise<void> {
  await app.collect(shop, aCheckoutReceipt({ shop, orderId: "900", checkoutToken: `checkout-${handle()}`, leg }));
  await inPrisma().browserContext.updateMany({ where: { shop }, data: { receivedAt: PLACED_AT } });
  await post("orders/create", cashOnDelivery(), PLACED_AT);
  await inPrisma().event.updateMany({ where: { shop }, data: { createdAt: PLACED_AT } });
}

describe("an order paid on its twelfth day", () => {
  test("is one Purchase on that day, with the browser data of its checkout, and Meta accepts it", async () => {
    await placeTwelveDaysAgo();
    await retire(inPrisma(), { days: KEPT, now: new Date() });
    const paidAt = new Date(Date.now() - 20_000);
    const paid = cashOnDelivery({ financialStatus: "paid", updatedAt: paidAt.toISOString() });
    await post("orders/paid", paid, paidAt);
    await post("orders/updated", paid, paidAt);

    await expect.poll(() => app.eventsOf(shop), { timeout: 15_000 }).toMatchObject([{ state: "delivered" }]);
    expect(sent()).toHaveLength(1);
    const [purchase] = sent();
    expect(purchase?.serverCopies).toBe(1);
    expect(purchase?.server?.event).toMatchObject({
      event_name: "Purchase",
      event_time: seconds(paidAt),
      action_source: "website",
      event_source_url: `https://${shop}/checkouts`,
      user_data: { fbp: "fb.1.1790000000000.123456789", client_user_agent: BROWSER },
      original_event_data: {
        event_name: "Purchase",
        event_time: seconds(PLACED_AT),
        event_id: `purchase.${handle()}.900`,
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
    await post("orders/paid", cashOnDelivery(edited), paidAt);
    await post("orders/updated", cashOnDelivery({ ...edited, lines: given }), new Date());

    await expect.poll(() => app.eventsOf(shop), { timeout: 15_000 }).toMatchObject([{ state: "delivered" }]);
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.server?.event["custom_data"]).toMatchObject({
      value: 60,
      num_items: 2,
      contents: [{ id: "2", quantity: 2, item_price: 30 }],
    });
  });

  test("is withheld if its browser leg was sent at checkout, more than 48 hours before", async () => {
    await placeTwelveDaysAgo({ sent: true });
    await inPrisma().event.updateMany({ where: { shop }, data: { browserSeenAt: PLACED_AT } });
    const paidAt = new Date(Date.now() - 20_000);
    await post("orders/paid", cashOnDelivery({ financialStatus: "paid", updatedAt: paidAt.toISOString() }), paidAt);

    const withheld = { state: "withheld", reason: "dedup-window-passed" };
    await expect.poll(() => app.eventsOf(shop), { timeout: 15_000 }).toMatchObject([withheld]);
    expect(sent()).toEqual([]);
  });

  test("is limited if the customer opted out of the sale of their data at checkout", async () => {
    const consent = { marketing: true, saleOfData: false, at: PLACED_AT.getTime() };
    await app.collect(shop, aCheckoutReceipt({ shop, orderId: "900", checkoutToken: `checkout-${handle()}`, consent }));
    await post("orders/create", cashOnDelivery(), PLACED_AT);
    await inPrisma().browserContext.deleteMany({ where: { shop } });
    const paidAt = new Date(Date.now() - 20_000);
    await post("orders/paid", cashOnDelivery({ financialStatus: "paid", updatedAt: paidAt.toISOString() }), paidAt);

    await expect.poll(sent, { timeout: 15_000 }).toHaveLength(1);
    expect(sent()[0]?.server?.event).toMatchObject({ data_processing_options: ["LDU"] });
  });
});
