import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { mendFutureTimes } from "../../app/jobs/mend-future-times.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createDeliveryQueue, type DeliveryQueue } from "../../app/queue/delivery-queue.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { aScene, claimAs } from "../support/store-scenes.ts";
import { visit } from "./visit-scene.ts";

const THREE_DAYS_MS = 3 * 24 * 3_600_000;
const ahead = (): Date => new Date(Date.now() + THREE_DAYS_MS);

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("a clock that was three days ahead, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  let queue: DeliveryQueue;
  beforeAll(async () => {
    database = await makeDatabase();
    queue = await createDeliveryQueue(database, createLogger({ level: "silent", name: "test" }));
  });
  afterAll(async () => {
    await queue.stop(1_000);
    await database.close();
  });

  test("an order does not wait for its decision after the clock is corrected", async () => {
    const { store, event, shop, at } = await aScene(database);
    at(ahead());
    await store.add(event(1, { joinForMs: 90_000 }), null);
    at(new Date());
    await store.add(event(2, { joinForMs: 90_000 }), null);
    expect((await store.due(new Date())).shops).not.toContain(shop);

    expect(await mendFutureTimes(database.prisma, new Date())).toEqual({ "event.decide_at": 1 });

    expect((await store.due(new Date())).shops).toContain(shop);
    const undecided = await store.takeUndecided(shop, 10, new Date());
    expect(undecided.map(({ eventId }) => eventId)).toEqual([event(1).body.event_id]);
    expect(await mendFutureTimes(database.prisma, new Date())).toEqual({});
  });

  test("no storefront event waits for a lease", async () => {
    const scene = await aScene(database);
    const pixel = await scene.pixel();
    await visit({ scene, to: [pixel], atMs: 0, count: 1 });
    await scene.store.claim(pixel, claimAs("the other clock", { now: new Date(), until: ahead() }));

    expect(await mendFutureTimes(database.prisma, new Date())).toEqual({ "pixel_lease.until": 1 });
    const until = new Date(Date.now() + 20_000);
    expect(await scene.store.claim(pixel, claimAs("next", { now: new Date(), until }))).toHaveLength(1);
  });

  test("no delivery, claim or pixel waits, and plausible times stay", async () => {
    const { store, pixel, queued } = await aScene(database);
    const one = await pixel();
    await queued(4, [one]);
    const { prisma } = database;
    const [late, retried, claimed] = (
      await prisma.delivery.findMany({ where: { pixelId: one }, orderBy: { eventId: "asc" } })
    ).map(({ eventId }) => eventId);
    const set = (eventId: string | undefined, data: object) =>
      prisma.delivery.updateMany({ where: { pixelId: one, eventId: eventId ?? "" }, data });
    await set(late, { dueAt: ahead() });
    await set(retried, { dueAt: new Date(Date.now() + 20 * 3_600_000), attempts: 1 });
    await set(claimed, { claimedBy: "the other clock", claimedUntil: ahead() });
    await prisma.pixel.update({ where: { id: one }, data: { sendAfter: ahead() } });

    expect(await mendFutureTimes(prisma, new Date())).toEqual({
      "delivery.due_at": 1,
      "delivery.claimed_until": 1,
      "destination.send_after": 1,
    });

    const claims = await store.claim(one, { limit: 9, claimedBy: "a", now: new Date(), until: new Date() });
    expect(claims.map(({ eventId }) => eventId)).toHaveLength(3);
    expect(claims.map(({ eventId }) => eventId)).not.toContain(retried);
  });

  test("no installation, comparison or queue job waits", async () => {
    const { shop } = await aScene(database);
    const { prisma } = database;
    const moment = ahead();
    await prisma.shop.update({ where: { domain: shop }, data: { tokenGrantedAt: moment, publishTriedAt: moment } });
    await prisma.reconciliation.create({ data: { shop, dueAt: moment, watermark: moment } });
    await prisma.consentPolicy.create({ data: { shop, triedAt: moment, readAt: moment } });
    await prisma.unitCostReading.create({ data: { shop, dueAt: moment } });
    queue.wake([{ shop, pixelId: null }]);
    await expect.poll(() => waitingJobs(database)).toBe(1);
    await prisma.$executeRaw`update pgboss.job set start_after = ${moment}::timestamptz where name = 'wake-up'`;
    await prisma.$executeRaw`update pgboss.version set cron_on = ${moment}::timestamptz`;
    await prisma.$executeRaw`update pgboss.queue set maintain_on = ${moment}::timestamptz`;

    expect(Object.keys(await mendFutureTimes(prisma, new Date())).sort()).toEqual([
      "consent_policy",
      "pgboss.job",
      "pgboss.queue",
      "pgboss.version",
      "reconciliation",
      "shop",
      "unit_cost_reading.due_at",
    ]);

    const soon = new Date(Date.now() + 1_000);
    expect(await prisma.shop.findUnique({ where: { domain: shop } })).toMatchObject({
      tokenGrantedAt: expect.toSatisfy((time: Date) => time <= soon) as Date,
    });
    expect(await prisma.reconciliation.findUnique({ where: { shop } })).toMatchObject({
      dueAt: expect.toSatisfy((time: Date) => time <= soon) as Date,
      watermark: null,
    });
    expect(await mendFutureTimes(prisma, new Date())).toEqual({});
  });

  test("a process whose clock is behind changes no valid deadline", async () => {
    const { store, event, at } = await aScene(database);
    at(new Date());
    await store.add(event(1, { joinForMs: 90_000 }), null);
    expect(await mendFutureTimes(database.prisma, new Date(Date.now() - THREE_DAYS_MS))).toEqual({});
  });
});

async function waitingJobs({ prisma }: TestDatabase): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from pgboss.job where name = 'wake-up' and state = 'created'`;
  return row?.count ?? 0;
}
