import { afterAll, expect, test } from "vitest";

import { openDatabase } from "../../app/database/db.server.ts";
import { postgresDatabase } from "../support/databases.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { aScene, claimAs, NOON } from "../support/store-scenes.ts";

// As many as have room in one page in every version.
const EVENTS = 3;

const opened = postgresDatabase();
afterAll(async () => (await opened).close());

test("ending an event changes no index", async () => {
  const database = await opened;
  const scene = await aScene(database);
  const pixel = await scene.pixel();
  await scene.queued(EVENTS, [pixel]);
  const updates = async () => {
    const [row] = await database.prisma.$queryRaw<{ all: number; hot: number }[]>`
      select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'event'`;
    if (row === undefined) throw new Error("PostgreSQL has no statistics of the table event");
    return row;
  };
  // The decisions of the events, which take them out of the index of undecided ones. A connection reports what it did
  // when its transaction ends, or a little later.
  await expect.poll(async () => (await updates()).all, { timeout: PATIENCE_MS }).toBe(EVENTS);
  const decided = await updates();

  const claims = await scene.store.claim(pixel, claimAs("w"));
  const ended = claims.map((claim) => ({
    claim,
    settlement: { kind: "delivered" as const },
    traceId: null,
    attemptIds: [],
  }));
  expect(await scene.store.settle(ended, NOON)).toEqual({ settled: EVENTS, lost: 0 });
  await expect.poll(async () => (await updates()).all, { timeout: PATIENCE_MS }).toBe(2 * EVENTS);
  expect((await updates()).hot - decided.hot).toBe(EVENTS);
});

test("an event is known by when it began to wait until it waits no more, whatever ends its wait", async () => {
  const { prisma } = await opened;
  const scene = await aScene(await opened);
  await scene.store.add(scene.event(1, { state: "waiting-for-payment" }), null);
  await scene.store.lookAgain({ shop: scene.shop, eventId: scene.key(1).eventId, at: NOON });
  const marks = () =>
    prisma.event.findUniqueOrThrow({
      where: { shop_eventName_eventId: scene.key(1) },
      select: { waitsSince: true, lookAt: true },
    });
  expect(await marks()).toEqual({ waitsSince: new Date(NOON.getTime() + 1_000), lookAt: NOON });
  await scene.store.withholdShop(scene.shop, "app-uninstalled", NOON);
  expect(await marks()).toEqual({ waitsSince: null, lookAt: null });
});

test("ending an event fetches its body from beside its row once", async () => {
  // One connection, in a database of its own: an idle one may say ten seconds later what the tests before have read.
  const own = await postgresDatabase();
  const { url } = own;
  const database = await openDatabase({ url, dataDir: "", maxConnections: 1 });
  const { prisma } = database;
  const scene = await aScene({ ...database, url });
  const pixel = await scene.pixel();
  await scene.queued(EVENTS, [pixel]);
  // Far too long for a row. Stored without compression, as all bodies are.
  await prisma.$executeRaw`update event set body = body || jsonb_build_object('long', repeat('x', 5000))
    where shop = ${scene.shop}`;
  const fetches = async () => {
    await prisma.$queryRaw`select pg_stat_force_next_flush()::text`;
    const [row] = await prisma.$queryRaw<{ blocks: number }[]>`
      select (toast_blks_hit + toast_blks_read)::int as blocks from pg_statio_user_tables where relname = 'event'`;
    return row?.blocks ?? Number.NaN;
  };
  const costOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = await fetches();
    await work();
    return (await fetches()) - before;
  };

  const claims = await scene.store.claim(pixel, claimAs("w"));
  const settled = claims.map((claim) => ({
    claim,
    settlement: { kind: "delivered" as const },
    traceId: null,
    attemptIds: [],
  }));
  const once = await costOf(() => prisma.$queryRaw`select body || '{}' from event where shop = ${scene.shop}`);
  expect(once).toBeGreaterThan(0);
  expect(await costOf(() => scene.store.settle(settled, NOON))).toBe(once);
  await database.close();
  await own.close();
});
