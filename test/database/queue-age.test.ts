import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueAge } from "../../app/outbox/queue-age.server.ts";
import { readinessOf } from "../../app/server/readiness.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { after, aScene, claimAs } from "../support/store-scenes.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("at first nothing is late, then the oldest event is, first for its decision and then for its delivery", async () => {
    expect(await queueAge(database.prisma, after(0))).toEqual({ decide_s: 0, deliver_s: 0 });

    const { store, event, pixel, queued } = await aScene(database);
    await store.add(event(50, { joinForMs: 30_000 }), null);
    expect(await queueAge(database.prisma, after(20_000))).toEqual({ decide_s: 0, deliver_s: 0 });
    expect(await queueAge(database.prisma, after(90_000))).toEqual({ decide_s: 60, deliver_s: 0 });

    const [working, blocked] = [await pixel(), await pixel("blocked")];
    await queued(3, [working, blocked]);
    expect((await queueAge(database.prisma, after(600_000))).deliver_s).toBe(600);

    // What the blocked pixel holds waits for its merchant and is not late.
    const claims = await store.claim(working, claimAs("one", { limit: 3 }));
    await store.settle(
      claims.map((claim) => ({ claim, settlement: { kind: "delivered" }, traceId: null, attemptIds: [] }) as const),
      after(0),
    );
    expect((await queueAge(database.prisma, after(600_000))).deliver_s).toBe(0);
  });

  test("a process is ready with its migrations and its queue, and says which of them is missing", async () => {
    const [{ count } = { count: 0 }] = await database.prisma.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from _prisma_migrations`;
    const queue = (isThere: boolean) => ({
      database,
      queue: { isThere: async () => isThere },
      keys: async () => null,
    });

    expect(await readinessOf(queue(true), count)).toEqual({ kind: "ready" });
    expect(await readinessOf(queue(true), count - 1)).toEqual({ kind: "ready" });
    expect(await readinessOf(queue(true), count + 1)).toMatchObject({ kind: "not-ready", because: "migrations" });
    expect(await readinessOf(queue(false), count)).toMatchObject({ kind: "not-ready", because: "queue" });
  });
});
