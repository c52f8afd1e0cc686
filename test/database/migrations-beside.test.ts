import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type Database, openDatabase } from "../../app/database/db.server.ts";
import { emptyPostgresDatabase } from "../support/databases.ts";
import { deliverAsOlder, fillOlderLedger, INGEST_TABLES, migrateStepwise, WAITING } from "../support/older-version.ts";

// `npm run bench -- migrations` takes 10^6, and times them.
const ROWS = 100_000;

/** Indexes over every row of a table that all is written into: writing waits while one is built. Each needs a reason. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  // 1.5 s for 10^6 deliveries. Orders and visits do not wait for it, only workers. May be made beforehand.
  delivery: ["delivery_pkey"],
  // Receipts are kept for a week, not for the ledger's thirteen months.
  browser_context: ["browser_context_received_at_shop_idx"],
};

let database: Database;
let older: pg.Client;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const { url, drop } = await emptyPostgresDatabase();
  database = await openDatabase({ url, dataDir: "" });
  older = new pg.Client({ connectionString: url });
  await older.connect();
  closing.push(
    drop,
    () => database.close(),
    () => older.end(),
  );
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test("a ledger of 10^5 events moves to today's tables while an older version writes beside it, and nothing old is rewritten", async () => {
  const delivered: string[] = [];
  const before = new Map<string, Shape & { readonly rows: number }>();
  let isMigrated = false;
  const writeBeside = async (): Promise<void> => {
    do delivered.push(await deliverAsOlder(older));
    while (!isMigrated);
  };
  await migrateStepwise(database, async (_name, apply) => {
    if (before.size === 0) {
      await fillOlderLedger(database, ROWS);
      for (const table of INGEST_TABLES) {
        const shape = await shapeOf(table);
        before.set(table, { ...shape, rows: await untouched(table, shape) });
      }
    }
    isMigrated = false;
    const beside = writeBeside();
    await apply().finally(() => (isMigrated = true));
    await beside;
    delivered.push(await deliverAsOlder(older));
  });

  for (const [table, shape] of before) {
    const { file, indexes } = await shapeOf(table);
    expect(file, table).toBe(shape.file);
    const built = indexes.filter((index) => !shape.indexes.includes(index)).map((index) => index.split(" ")[1]);
    expect(built, table).toEqual(BUILT[table] ?? []);
    // What waits for its payment is marked: few of a shop's orders do.
    expect(shape.rows - (await untouched(table, shape)), table).toBe(table === "event" ? WAITING : 0);
  }
  const states = await database.prisma.event.groupBy({
    by: ["state"],
    where: { eventId: { in: delivered } },
    _count: true,
  });
  expect(states).toEqual([{ state: "delivered", _count: delivered.length }]);
  expect(await database.prisma.delivery.count({ where: { eventId: { in: delivered }, state: "delivered" } })).toBe(
    delivered.length,
  );
});

type Shape = {
  readonly file: number;
  /** By number and name: those over every row. */
  readonly indexes: readonly string[];
  /** The transaction that filled the table. */
  readonly filledBy: string;
};

async function shapeOf(table: string): Promise<Shape> {
  const [shape] = await database.prisma.$queryRawUnsafe<[Shape]>(`
    select relfilenode::int as file, (select xmin::text from ${table} limit 1) as "filledBy", array(
      select indexrelid::int || ' ' || indexrelid::regclass from pg_index where indrelid = pg_class.oid and indpred is null
    ) as indexes from pg_class where oid = '${table}'::regclass`);
  return shape;
}

/** How many rows are as they were filled in. */
async function untouched(table: string, { filledBy }: Shape): Promise<number> {
  const [row] = await database.prisma.$queryRawUnsafe<[{ rows: number }]>(
    `select count(*)::int as rows from ${table} where xmin::text = '${filledBy}'`,
  );
  return row.rows;
}
