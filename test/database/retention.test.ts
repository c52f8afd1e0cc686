import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { retire } from "../../app/privacy/retention.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { KEEP_DAYS } from "../fixtures/keep-days.ts";

const NOW = new Date("2026-11-20T12:00:00.000Z");
const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const PIXEL = "5f0c2a3e-0000-4000-8000-000000000001";
const BODY = {
  event_source_url: "https://tea.myshopify.com/",
  user_data: { em: ["a".repeat(64)] },
  custom_data: { value: 5, currency: "EUR" },
};

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("housekeeping on %s", (_, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const anEvent = (eventId: string, age: number, state = "delivered") =>
    database.prisma.event.create({
      data: {
        shop: "tea.myshopify.com",
        eventName: "Purchase",
        eventId,
        origin: "webhook",
        settingsVersion: 1,
        state,
        body: BODY,
        eventTime: ago(age),
        createdAt: ago(age),
        orderId: eventId,
        ...(state === "joining" && { decideAt: ago(age) }),
      },
    });
  const bodyOf = async (eventId: string) => (await database.prisma.event.findFirstOrThrow({ where: { eventId } })).body;

  test("deletes what is older than its days, batch by batch, and nothing younger", async () => {
    const { prisma } = database;
    const shop = "old.myshopify.com";
    for (const days of [1, 6, 8, 9, 10, 31, 91]) {
      const webhookId = String(days);
      await prisma.browserContext.create({ data: { shop, orderId: webhookId, receipt: {}, receivedAt: ago(days) } });
      await prisma.webhookReceipt.create({ data: { shop, topic: "t", webhookId, receivedAt: ago(days) } });
      await prisma.quarantine.create({
        data: { shop, topic: "t", webhookId, problem: "", detail: "", sealedBody: "", receivedAt: ago(days) },
      });
      await prisma.attempt.create({
        data: { shop, pixelId: PIXEL, startedAt: ago(days), durationMs: 1, events: 1, verdict: "accepted" },
      });
    }

    const retired = await retire(prisma, { days: KEEP_DAYS, now: NOW, batch: 2 });

    expect(retired).toMatchObject({ contexts: 5, webhooks: 2, quarantine: 1, attempts: 1 });
    expect(await prisma.browserContext.count({ where: { shop } })).toBe(2);
    expect(await prisma.webhookReceipt.count({ where: { shop } })).toBe(5);
    expect(await retire(prisma, { days: KEEP_DAYS, now: NOW })).toMatchObject({
      contexts: 0,
      webhooks: 0,
      attempts: 0,
    });
  });

  test("removes personal data from old events that have ended, keeps the items, and waits for pending events", async () => {
    await database.prisma.housekeeping.deleteMany();
    await anEvent("ended", 40);
    await anEvent("held-in-a-shop", 35, "queued");
    await anEvent("after-it", 34);
    await anEvent("young", 20);

    await retire(database.prisma, { days: KEEP_DAYS, now: NOW });

    expect(await bodyOf("ended")).toEqual({ user_data: {}, custom_data: { value: 5, currency: "EUR" } });
    expect(await bodyOf("young")).toEqual(BODY);
    expect(await bodyOf("held-in-a-shop")).toEqual(BODY);

    await database.prisma.event.updateMany({ where: { eventId: "held-in-a-shop" }, data: { state: "delivered" } });
    expect((await retire(database.prisma, { days: KEEP_DAYS, now: NOW })).bodies).toBe(2);
    expect(await bodyOf("after-it")).toMatchObject({ user_data: {} });
  });

  test("keeps the receipt of an order for as long as it may be paid, a refusal too", async () => {
    const { prisma } = database;
    await prisma.housekeeping.deleteMany();
    const shop = "tea.myshopify.com";
    const receipt = (orderId: string, marketing = true, checkoutToken: string | null = null) =>
      prisma.browserContext.create({
        data: {
          shop,
          orderId,
          checkoutToken,
          receipt: { fbp: "fb.1.1.1", signal: { marketing } },
          receivedAt: ago(12),
        },
      });
    const kept = async () =>
      (await prisma.browserContext.findMany({ where: { shop }, orderBy: { orderId: "asc" } })).map(
        (row) => row.orderId,
      );
    for (const orderId of ["cod-1", "cod-2", "cod-3"]) await anEvent(orderId, 12, "waiting-for-payment");
    await prisma.event.updateMany({ where: { eventId: "cod-2" }, data: { checkoutToken: "c-2", orderId: null } });
    await receipt("cod-1");
    await receipt("cod-2", true, "c-2");
    await receipt("cod-3", false);
    await receipt("paid-long-ago");

    await retire(prisma, { days: KEEP_DAYS, now: NOW, batch: 1 });
    expect(await kept()).toEqual(["cod-1", "cod-2", "cod-3"]);

    await prisma.event.updateMany({ where: { eventId: "cod-1" }, data: { state: "delivered" } });
    await retire(prisma, { days: KEEP_DAYS, now: NOW });
    expect(await kept()).toEqual(["cod-2", "cod-3"]);
  });

  test("withholds an order at its shop's deadline, and deletes its visitor's data", async () => {
    const { prisma } = database;
    await prisma.housekeeping.deleteMany();
    const [patient, usual] = ["patient.myshopify.com", "usual.myshopify.com"];
    await prisma.shop.create({ data: { domain: patient, ingestKey: "patient" } });
    for (const [version, waitForPaymentDays] of [7, 60].entries()) {
      await prisma.settings.create({
        data: { shop: patient, version: version + 1, orders: { waitForPaymentDays }, savedBy: "test" },
      });
    }
    for (const [eventId, shop, age] of [
      ["usual-old", usual, 46],
      ["usual-young", usual, 44],
      ["patient-old", patient, 59],
    ] as const) {
      await anEvent(eventId, age, "waiting-for-payment");
      await prisma.event.updateMany({ where: { eventId }, data: { shop } });
    }
    const reasons = { undelivered: "waiting-for-fulfillment", untagged: "waiting-for-tag" };
    for (const [eventId, reason] of Object.entries(reasons)) {
      await anEvent(eventId, 46, "waiting-for-payment");
      await prisma.event.updateMany({ where: { eventId }, data: { shop: usual, reason } });
    }
    await prisma.browserContext.create({
      data: { shop: usual, orderId: "usual-old", receipt: {}, receivedAt: ago(46) },
    });

    expect(await retire(prisma, { days: { ...KEEP_DAYS, bodies: 90 }, now: NOW })).toMatchObject({
      waits: 3,
      contexts: 1,
    });

    const stateOf = (eventId: string) => prisma.event.findFirstOrThrow({ where: { eventId } });
    expect(await stateOf("usual-old")).toMatchObject({
      state: "withheld",
      reason: "not-paid-in-time",
      settledAt: NOW,
      body: { user_data: {}, custom_data: BODY.custom_data },
    });
    expect(await stateOf("undelivered")).toMatchObject({ state: "withheld", reason: "not-fulfilled-in-time" });
    expect(await stateOf("untagged")).toMatchObject({ state: "withheld", reason: "not-tagged-in-time" });
    for (const eventId of ["usual-young", "patient-old"]) {
      expect(await stateOf(eventId)).toMatchObject({ state: "waiting-for-payment", body: BODY });
    }
  });

  test("removes personal data from a late-paid order by its end, because the walk has passed its age", async () => {
    const { prisma } = database;
    await prisma.housekeeping.deleteMany();
    const late = await anEvent("paid-late", 50, "delivered");
    const body = { ...BODY, original_event_data: { event_name: "Purchase" } };
    await prisma.housekeeping.create({ data: { task: "bodies", doneUntil: ago(30) } });
    const settled = (days: number) =>
      prisma.event.updateMany({ where: { eventId: late.eventId }, data: { body, settledAt: ago(days) } });

    await settled(29);
    await retire(prisma, { days: KEEP_DAYS, now: NOW });
    expect(await bodyOf("paid-late")).toEqual(body);
    await settled(31);
    expect((await retire(prisma, { days: KEEP_DAYS, now: NOW })).bodies).toBe(1);
    expect(await bodyOf("paid-late")).toMatchObject({ user_data: {} });
  });

  test("deletes a year-old event together with its deliveries", async () => {
    await database.prisma.housekeeping.deleteMany();
    const { shop, eventName, eventId, eventTime } = await anEvent("last-year", 400);
    await database.prisma.delivery.create({
      data: { shop, eventName, eventId, eventTime, pixelId: PIXEL, state: "delivered" },
    });

    expect((await retire(database.prisma, { days: KEEP_DAYS, now: NOW })).ledger).toBe(1);
    expect(await database.prisma.event.count({ where: { eventId } })).toBe(0);
    expect(await database.prisma.delivery.count({ where: { eventId } })).toBe(0);
  });

  test("walks through the ledger slice by slice, and never again through earlier slices", async () => {
    const { prisma } = database;
    await prisma.housekeeping.deleteMany();
    // Five in the same moment, more than a batch; one in the next minute; one after a week of quiet.
    for (const n of [1, 2, 3, 4, 5]) await anEvent(`crowd-${n}`, 500);
    await anEvent("next-minute", 500 - 1 / 1_440);
    await anEvent("after-a-week", 493);

    expect((await retire(prisma, { days: KEEP_DAYS, now: NOW, batch: 2 })).ledger).toBe(7);

    const reached = await prisma.housekeeping.findUniqueOrThrow({ where: { task: "ledger" } });
    expect(reached.doneUntil).toEqual(ago(KEEP_DAYS.ledger));
    expect((await retire(prisma, { days: KEEP_DAYS, now: NOW, batch: 2 })).ledger).toBe(0);
  });
});
