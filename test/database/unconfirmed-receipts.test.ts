import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dropUnconfirmed } from "../../app/privacy/unconfirmed-receipts.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";

const NOW = new Date("2026-11-20T12:00:00.000Z");
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const SHOP = "tea.myshopify.com";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("receipts without an order on %s", (_, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    const { prisma } = database;
    await Promise.all([
      prisma.housekeeping.deleteMany(),
      prisma.browserContext.deleteMany(),
      prisma.event.deleteMany(),
    ]);
  });

  type Posted = { shop?: string; orderId?: string; checkoutToken?: string; marketing?: boolean };
  const aReceipt = (hours: number, { shop = SHOP, orderId, checkoutToken, marketing = true }: Posted) =>
    database.prisma.browserContext.create({
      data: {
        shop,
        orderId: orderId ?? null,
        checkoutToken: checkoutToken ?? null,
        receipt: { signal: { marketing } },
        receivedAt: ago(hours),
      },
    });
  const anEvent = (known: Omit<Posted, "marketing"> & { state?: string; eventName?: string; reason?: string }) =>
    database.prisma.event.create({
      data: {
        ...{ shop: SHOP, eventName: "Purchase", state: "delivered", ...known },
        eventId: `${known.orderId ?? known.checkoutToken}`,
        origin: "webhook",
        settingsVersion: 1,
        body: {},
        eventTime: ago(30),
        createdAt: ago(30),
      },
    });
  const kept = async () =>
    (await database.prisma.browserContext.findMany({ orderBy: { id: "asc" } })).map(
      (row) => row.orderId ?? row.checkoutToken,
    );

  test("go after 24 hours, unless an order, of whatever state, or a quarantined webhook names them", async () => {
    for (const [hours, name] of [
      [23, "young"],
      [25, "invented"],
      [60, "invented-earlier"],
    ] as const) {
      await aReceipt(hours, { orderId: name });
      await aReceipt(hours, { checkoutToken: `t-${name}` });
    }
    await aReceipt(25, { orderId: "another-shops", shop: "coffee.myshopify.com" });
    await aReceipt(25, { checkoutToken: "visited" });
    await aReceipt(25, { orderId: "sold" });
    await aReceipt(25, { checkoutToken: "t-waiting" });
    await aReceipt(25, { orderId: "withheld" });
    await aReceipt(25, { orderId: "unreadable" });
    await anEvent({ orderId: "sold" });
    await anEvent({ orderId: "another-shops" });
    await anEvent({ checkoutToken: "t-waiting", state: "waiting-for-payment" });
    await anEvent({ orderId: "withheld", state: "withheld", reason: "zero-value" });
    await anEvent({ checkoutToken: "visited", eventName: "InitiateCheckout" });
    const quarantined = { problem: "", detail: "", sealedBody: "", orderId: "unreadable" };
    await database.prisma.quarantine.create({ data: { shop: SHOP, topic: "t", webhookId: "w", ...quarantined } });

    expect(await dropUnconfirmed(database.prisma, { now: NOW, batch: 2 })).toEqual({ unconfirmed: 6, beyondLimit: 0 });
    expect(await kept()).toEqual(["young", "t-young", "sold", "t-waiting", "withheld", "unreadable"]);
    expect(await dropUnconfirmed(database.prisma, { now: NOW })).toEqual({ unconfirmed: 0, beyondLimit: 0 });
  });

  test("are limited for each shop: the oldest go, and no grant takes a refusal's place", async () => {
    await aReceipt(6, { orderId: "declined-1", marketing: false });
    await aReceipt(6, { orderId: "sold" });
    await anEvent({ orderId: "sold" });
    for (const hours of [5, 4, 3, 2, 1]) await aReceipt(hours, { orderId: `invented-${hours}` });
    for (const hours of [5, 4]) await aReceipt(hours, { orderId: `other-${hours}`, shop: "coffee.myshopify.com" });

    expect(await dropUnconfirmed(database.prisma, { now: NOW, batch: 1, most: 2 })).toEqual({
      unconfirmed: 0,
      beyondLimit: 3,
    });
    expect(await kept()).toEqual(["declined-1", "sold", "invented-2", "invented-1", "other-5", "other-4"]);
  });
});
