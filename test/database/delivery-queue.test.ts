import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { createLogger } from "../../app/logging/logger.server.ts";
import type { WakeUp } from "../../app/pipeline/wake-ups.ts";
import { createDeliveryQueue, type DeliveryQueue } from "../../app/queue/delivery-queue.server.ts";
import { aShopDomain } from "../fixtures/orders/settings.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";

let database: TestDatabase;
let queue: DeliveryQueue;
beforeAll(async () => {
  database = await pgliteDatabase();
  queue = await createDeliveryQueue(database, createLogger({ level: "silent", name: "test" }));
});
afterAll(async () => {
  await queue.stop(1_000);
  await database.close();
});

test("a wake-up keeps its stored form, so that processes of two versions can handle each other's jobs", async () => {
  const wakeUp: WakeUp = { shop: aShopDomain(), pixelId: crypto.randomUUID() };
  queue.wake([wakeUp]);
  const stored = { shop: wakeUp.shop, destinationId: wakeUp.pixelId };
  const jobs = () => database.prisma.$queryRaw`select data from pgboss.job where name = 'wake-up'`;
  await expect.poll(jobs).toEqual([{ data: stored }]);

  const drained = vi.fn(async (_: WakeUp) => undefined);
  await queue.work(drained, async () => []);
  await expect.poll(() => drained.mock.calls).toEqual([[wakeUp]]);
});

test("wake-ups of one pixel that come together decide if one of them has to", async () => {
  const shop = aShopDomain();
  const drained: WakeUp[] = [];
  const own = await createDeliveryQueue(database, createLogger({ level: "silent", name: "test" }));
  await own.work(
    async (wakeUp) => void drained.push(wakeUp),
    async () => [],
  );
  const decided = { shop, pixelId: crypto.randomUUID(), isDecided: true };
  const undecided = { shop, pixelId: crypto.randomUUID() };

  own.wake([decided]);
  own.wake([undecided, { ...undecided, isDecided: true }]);
  own.wake([decided]);

  await expect.poll(() => drained).toEqual([decided, undecided]);
  await own.stop(1_000);
});
