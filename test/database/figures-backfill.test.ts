import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createDailyFigures } from "../../app/ledger/daily-figures.server.ts";
import { backfillFigures } from "../../app/ledger/keep-figures.server.ts";
import { pgliteDatabase, postgresDatabase, type TestDatabase } from "../support/databases.ts";
import { recountedFigures, storedFigures } from "../support/recount-figures.ts";
import { after, aScene, claimAs } from "../support/store-scenes.ts";
import { anOutbox, histories, type Outbox, step, wait } from "./figures-histories.ts";

// Counting begins five minutes after the migration by the database's clock, whatever the scene's clock says.
const TEN_YEARS_AGO = -3_650 * 86_400_000;

const count = async ({ database }: Pick<Outbox["scene"], "database">, isOn: boolean): Promise<void> => {
  for (const table of ["event", "delivery"]) {
    await database.prisma.$executeRawUnsafe(`alter table ${table} ${isOn ? "enable" : "disable"} trigger user`);
  }
};

/** What the migration does where there are events. */
async function migrateNow({ scene, now }: Outbox): Promise<void> {
  const until = after(now);
  await scene.database.prisma.figureBackfill.create({ data: { until, reachedShop: "", countedFrom: until } });
}

const slice = step("slice", ({ scene }) => scene.database.prisma.$queryRaw`select backfill_figures(2)`);

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("events from before there were figures, on %s", (_, makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await makeDatabase()));
  afterAll(() => database.close());

  test("are counted once, whatever happens to them meanwhile", async () => {
    const meanwhile = fc.array(
      fc.oneof(
        histories.map((steps) => steps.slice(0, 5)),
        fc.constant([slice]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(histories, meanwhile, async (before, then) => {
        const outbox = await anOutbox(await aScene(database), TEN_YEARS_AGO);
        const { shop } = outbox.scene;
        await count(outbox.scene, false);
        for (const one of before) await one.run(outbox);
        await wait(1_000).run(outbox);
        await migrateNow(outbox);
        await count(outbox.scene, true);
        for (const one of then.flat()) await one.run(outbox);
        while (!(await backfillFigures(database.prisma, { forMs: 60_000, batch: 3 })));

        expect(await storedFigures(database.prisma, shop)).toEqual(await recountedFigures(database.prisma, shop));
        expect(await createDailyFigures(database.prisma).isComplete(shop)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });
});

describe("on PostgreSQL, while somebody else ends one of them", () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await postgresDatabase()));
  afterAll(() => database.close());

  /** An order that is being sent, from before; and a second connection to the database. */
  async function anOldOrder() {
    const outbox = await anOutbox(await aScene(database), TEN_YEARS_AGO);
    const { scene, pixels, now } = outbox;
    await count(scene, false);
    await scene.queued(1, pixels.slice(0, 1));
    await database.prisma.event.updateMany({ where: { shop: scene.shop }, data: { createdAt: after(now) } });
    await wait(1_000).run(outbox);
    await migrateNow(outbox);
    await count(scene, true);
    const [claim] = await scene.store.claim(pixels[0] ?? "", claimAs("worker"));
    if (claim === undefined) throw new Error("the order is not queued");
    const settled = { claim, settlement: { kind: "delivered" }, traceId: null, attemptIds: [] } as const;
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    return { ...scene, settle: () => scene.store.settle([settled], after(5_000)), other };
  }

  const waiters = async (): Promise<number> => {
    const [row] = await database.prisma.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.count ?? 0;
  };
  const walkOn = async (other: pg.Client, shop: string): Promise<void> => {
    for (;;) {
      const { rows } = await other.query<{ shop: string }>("select reached_shop as shop from figure_backfill");
      if (rows[0] === undefined || rows[0].shop === shop) return;
      await other.query("select backfill_figures(1000)");
    }
  };

  test("counting waits for it, and counts what it has become", async () => {
    const { shop, other } = await anOldOrder();
    await walkOn(other, shop);
    await other.query("begin");
    await other.query("update event set state = 'delivered', settled_at = now() where shop = $1", [shop]);
    const counting = backfillFigures(database.prisma, { forMs: 60_000 });
    await expect.poll(waiters).toBe(1);
    await other.query("commit");
    await counting;
    await other.end();
    expect(await storedFigures(database.prisma, shop)).toEqual(await recountedFigures(database.prisma, shop));
  });

  test("whoever comes after the counting adds to it", async () => {
    const { shop, settle, other } = await anOldOrder();
    await walkOn(other, shop);
    await other.query("begin");
    await other.query("select backfill_figures(1000)");
    const settling = settle();
    await expect.poll(waiters).toBe(1);
    await other.query("commit");
    await settling;
    await other.end();
    const recounted = await recountedFigures(database.prisma, shop);
    expect(Object.keys(recounted)).toHaveLength(2);
    expect(await storedFigures(database.prisma, shop)).toEqual(recounted);
  });
});
