import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createLogger } from "../../app/logging/logger.server.ts";
import { createDeliveryQueue, type DeliveryQueue } from "../../app/queue/delivery-queue.server.ts";
import { createReconciliations } from "../../app/ledger/reconciliation.server.ts";
import { openDatabase } from "../../app/database/db.server.ts";
import { postgresDatabase, type TestDatabase } from "../support/databases.ts";

const log = createLogger({ level: "silent", name: "test" });
const NOON = new Date("2026-11-20T12:00:00.000Z");

describe("background work, with two processes on one PostgreSQL", () => {
  let database: TestDatabase;
  let queues: DeliveryQueue[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    database = await postgresDatabase();
    const second = await openDatabase({ url: database.url, dataDir: "" });
    closing.push(() => second.close());
    queues = [await createDeliveryQueue(database, log), await createDeliveryQueue(second, log)];
  });
  afterAll(async () => {
    await Promise.all(queues.map((queue) => queue.stop(1_000)));
    for (const close of closing) await close();
    await database.close();
  });

  test("is done once per key, however many processes offer it, and a failure does not block the others", async () => {
    const done: string[] = [];
    const offers = [];
    for (const { background } of queues) {
      offers.push(
        await background.perKey("test-keys", async (key) => {
          if (key === "broken") throw new Error("on purpose");
          done.push(key);
        }),
      );
    }
    const keys = ["broken", "a", "b", "c"];
    await Promise.all(offers.map(({ offer }) => offer(keys)));
    await expect.poll(() => new Set(done).size).toBe(3);
    expect(done.sort()).toEqual(["a", "b", "c"]);
  });

  test("due shops are taken once, then again after an hour, each at its own minute", async () => {
    const { prisma } = database;
    const domains = Array.from({ length: 40 }, (_, n) => `due-${n}.myshopify.com`);
    await prisma.shop.createMany({ data: domains.map((domain) => ({ domain, ingestKey: domain })) });
    await prisma.shop.create({ data: { domain: "gone.myshopify.com", ingestKey: "gone", uninstalledAt: NOON } });
    const reconciliations = createReconciliations(prisma);
    const at = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

    expect((await reconciliations.takeDue(NOON, 100)).length).toBeLessThan(40);
    const dueTimes = (await prisma.reconciliation.findMany()).map(({ dueAt }) => dueAt.getTime());
    expect(new Set(dueTimes).size).toBeGreaterThan(20);
    await prisma.reconciliation.updateMany({ data: { dueAt: NOON } });
    const both = await Promise.all([1, 2].map(() => reconciliations.takeDue(at(61), 25)));
    const rest = await reconciliations.takeDue(at(61), 100);

    expect([...both.flat(), ...rest].sort()).toEqual([...domains].sort());
    expect(await reconciliations.takeDue(at(120), 100)).toEqual([]);
    expect(await reconciliations.takeDue(at(122), 100)).toHaveLength(40);
  });
});
