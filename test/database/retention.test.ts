import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type RetentionDays, retire } from "../../app/privacy/retention.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";

const NOW = new Date("2026-11-20T12:00:00.000Z");
const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const DAYS: RetentionDays = { contexts: 7, bodies: 30, ledger: 396, attempts: 90, webhooks: 30, quarantine: 90 };
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
        data: { shop, destinationId: PIXEL, startedAt: ago(days), durationMs: 1, events: 1, verdict: "accepted" },
      });
    }

    const retired = await retire(prisma, { days: DAYS, now: NOW, batch: 2 });

    expect(retired).toMatchObject({ contexts: 5, webhooks: 2, quarantine: 1, attempts: 1 });
    expect(await prisma.browserContext.count({ where: { shop } })).toBe(2);
    expect(await prisma.webhookReceipt.count({ where: { shop } })).toBe(5);
    expect(await retire(prisma, { days: DAYS, now: NOW })).toMatchObject({ contexts: 0, webhooks: 0, attempts: 0 });
  });

  test("takes the person out of old events that have ended, keeps what was sold, and waits for those under way", async () => {
    await database.prisma.housekeeping.deleteMany();
    await anEvent("ended", 40);
    await anEvent("held-in-a-shop", 35, "queued");
    await anEvent("after-it", 34);
    await anEvent("young", 20);

    await retire(database.prisma, { days: DAYS, now: NOW });

    expect(await bodyOf("ended")).toEqual({ user_data: {}, custom_data: { value: 5, currency: "EUR" } });
    expect(await bodyOf("young")).toEqual(BODY);
    expect(await bodyOf("held-in-a-shop")).toEqual(BODY);

    await database.prisma.event.updateMany({ where: { eventId: "held-in-a-shop" }, data: { state: "delivered" } });
    expect((await retire(database.prisma, { days: DAYS, now: NOW })).bodies).toBe(2);
    expect(await bodyOf("after-it")).toMatchObject({ user_data: {} });
  });

  test("deletes a year-old event together with its deliveries", async () => {
    await database.prisma.housekeeping.deleteMany();
    const { shop, eventName, eventId, eventTime } = await anEvent("last-year", 400);
    await database.prisma.delivery.create({
      data: { shop, eventName, eventId, eventTime, destinationId: PIXEL, state: "delivered" },
    });

    expect((await retire(database.prisma, { days: DAYS, now: NOW })).ledger).toBe(1);
    expect(await database.prisma.event.count({ where: { eventId } })).toBe(0);
    expect(await database.prisma.delivery.count({ where: { eventId } })).toBe(0);
  });

  test("goes through the ledger slice by slice, and never again through what lies behind", async () => {
    const { prisma } = database;
    await prisma.housekeeping.deleteMany();
    // Five in the same moment, more than a batch; one in the next minute; one after a week of quiet.
    for (const n of [1, 2, 3, 4, 5]) await anEvent(`crowd-${n}`, 500);
    await anEvent("next-minute", 500 - 1 / 1_440);
    await anEvent("after-a-week", 493);

    expect((await retire(prisma, { days: DAYS, now: NOW, batch: 2 })).ledger).toBe(7);

    const reached = await prisma.housekeeping.findUniqueOrThrow({ where: { task: "ledger" } });
    expect(reached.doneUntil).toEqual(ago(DAYS.ledger));
    expect((await retire(prisma, { days: DAYS, now: NOW, batch: 2 })).ledger).toBe(0);
  });
});
