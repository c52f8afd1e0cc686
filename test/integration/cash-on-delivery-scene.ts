import { afterAll, beforeAll, beforeEach } from "vitest";
import type { BrowserLeg } from "../../app/event-contract/wire.ts";
import { retire } from "../../app/privacy/retention.server.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import type { TrueSale } from "../fixtures/orders/true-sale.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const PIXEL = "1234567890123456";
const TOKEN = "EAAtest-token-of-the-simulator";
const DAY = 86_400_000;

/** Some days ago, in whole seconds. */
export const ago = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 - days * DAY);
export const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** An app with Meta, and for each test a shop with one pixel in which order 900 is paid long after it was placed. */
export function cashOnDelivery() {
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

  const handle = (): string => shop.split(".")[0] ?? "";
  const prisma = () => app.opened.database.prisma;
  const sale = (): Partial<TrueSale> & Pick<TrueSale, "shop"> => ({
    shop,
    orderId: "900",
    checkoutToken: `checkout-${handle()}`,
    gateway: "Cash on Delivery (COD)",
    financialStatus: "pending",
  });
  const post = (topic: string, body: string, at: Date) =>
    postWebhook(app.url, body, { shop, topic, headers: { "x-shopify-triggered-at": at.toISOString() } });
  /** What the web pixel reported of the checkout. */
  const collect = (facts: Partial<Parameters<typeof aCheckoutReceipt>[0]>) =>
    app.collect(shop, aCheckoutReceipt({ shop, orderId: "900", checkoutToken: `checkout-${handle()}`, ...facts }));
  return {
    prisma,
    sale,
    post,
    eventId: (): string => `purchase.${handle()}.900`,
    events: () => app.eventsOf(shop),
    /** When the order is read from Shopify again; null: not. */
    lookAt: async () => (await prisma().event.findFirstOrThrow({ where: { shop }, select: { lookAt: true } })).lookAt,
    quarantined: () => prisma().quarantine.count({ where: { shop } }),
    saveSettings: (change: Parameters<TestApp["opened"]["settings"]["save"]>[1]) =>
      app.opened.settings.save(app.domain(shop), change, "test"),
    settings: async () => (await app.opened.settings.profile(app.domain(shop)))?.settings,
    /** What Meta received of this shop. */
    sent: () => meta.received().filter(({ eventId }) => eventId?.startsWith(`purchase.${handle()}.`)),
    collect,
    /** The checkout as it was then, with what the browser did. */
    place: async (body: string, placedAt: Date, leg: BrowserLeg): Promise<void> => {
      await collect({ leg });
      await prisma().browserContext.updateMany({ where: { shop }, data: { receivedAt: placedAt } });
      await post("orders/create", body, placedAt);
      await prisma().event.updateMany({ where: { shop }, data: { createdAt: placedAt } });
    },
    /** What is too old is removed, as it is every day. */
    retire: () => retire(prisma(), { days: KEEP_DAYS, now: new Date() }),
  };
}
