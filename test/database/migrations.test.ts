import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, describe, expect, test } from "vitest";

import { type Database, openDatabase } from "../../app/database/db.server.ts";
import { migrate, MigrationProblem, MIGRATIONS_FOLDER } from "../../app/database/migrate.server.ts";
import { emptyPostgresDatabase, pgliteDatabase } from "../support/databases.ts";
import { columnsOfSchema, indexesOfSchema } from "../support/prisma-schema.ts";

const SCHEMA = new URL("../../prisma/schema.prisma", import.meta.url);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

// It takes seconds to make, so one is emptied instead.
const embedded = pgliteDatabase();
afterAll(async () => (await embedded).close());

async function anEmbedded(): Promise<Database> {
  const database = await embedded;
  await database.session((session) => session.run("drop schema public cascade; create schema public"));
  return database;
}

async function aServer(): Promise<Database> {
  const { url, drop } = await emptyPostgresDatabase();
  const database = await openDatabase({ url, dataDir: "" });
  closing.push(drop, () => database.close());
  return database;
}

/** A folder with today's migrations and one more. */
async function withOneMore(sql: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-migrations-"));
  closing.push(() => rm(folder, { recursive: true }));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  await cp(join(MIGRATIONS_FOLDER, "20261123000000_init"), join(folder, "99990101000000_more"), { recursive: true });
  await writeFile(join(folder, "99990101000000_more", "migration.sql"), sql);
  return folder;
}

describe.each([
  ["the embedded database", anEmbedded],
  ["PostgreSQL", aServer],
])("on %s", (_, open) => {
  test("the migrations create exactly the schema's columns and indexes", async () => {
    const database = await open();
    await migrate(database);
    const schema = await readFile(SCHEMA, "utf8");
    expect(await columnsOf(database)).toEqual(columnsOfSchema(schema));
    expect(await indexesOf(database)).toEqual(indexesOfSchema(schema));
  });

  test("migrating twice applies nothing the second time, and records migrations as Prisma does", async () => {
    const database = await open();
    const first = await migrate(database);
    expect(first.applied).toHaveLength(first.total);
    expect(await migrate(database)).toEqual({ applied: [], total: first.total });
    const booked = await database.prisma.$queryRaw`
      select migration_name, length(checksum) as sum, finished_at is not null as finished, rolled_back_at, applied_steps_count
      from _prisma_migrations order by 1`;
    expect(booked).toEqual(
      first.applied.map((name) => ({
        migration_name: name,
        sum: 64,
        finished: true,
        rolled_back_at: null,
        applied_steps_count: 1,
      })),
    );
  });

  test("a failed migration leaves nothing behind and is named", async () => {
    const database = await open();
    await migrate(database);
    const broken = await withOneMore("create table half_done (id int); select 1 / 0;");
    await expect(migrate(database, broken)).rejects.toThrow(/99990101000000_more failed and was rolled back/);
    expect(await database.prisma.$queryRaw`select to_regclass('half_done')::text as found`).toEqual([{ found: null }]);
    const mended = await withOneMore("create table half_done (id int);");
    expect((await migrate(database, mended)).applied).toEqual(["99990101000000_more"]);
  });

  test("a migration that PostgreSQL undoes because of a deadlock is repeated", async () => {
    const database = await open();
    await migrate(database);
    await database.session(({ run }) => run("create sequence tries"));
    // A sequence is not undone.
    const once =
      "do $$ begin if nextval('tries') = 1 then raise exception 'met' using errcode = '40P01'; end if; end $$";
    const { applied } = await migrate(database, await withOneMore(`create table repeated (n int); ${once};`));
    expect(applied).toEqual(["99990101000000_more"]);
  });

  test("a migration changed after it was applied is refused, but line endings may differ", async () => {
    const database = await open();
    await migrate(database, await withOneMore("create table more (\n  id int\n);\n"));
    const windows = await withOneMore("create table more (\r\n  id int\r\n);\r\n");
    expect((await migrate(database, windows)).applied).toEqual([]);
    await expect(migrate(database, await withOneMore("create table more (id text);"))).rejects.toThrow(
      MigrationProblem,
    );
  });

  test("an unfinished migration stops the run", async () => {
    const database = await open();
    await migrate(database);
    await database.prisma.$executeRaw`update _prisma_migrations set finished_at = null`;
    await expect(migrate(database)).rejects.toThrow(/did not finish/);
  });
});

test("processes that start together migrate once", async () => {
  const database = await aServer();
  const all = await Promise.all([migrate(database), migrate(database), migrate(database)]);
  expect(all.map((one) => one.applied.length).sort()).toEqual([0, 0, all[0].total]);
});

type Row = { readonly line: string };

async function columnsOf(database: Database): Promise<string[]> {
  const rows = await database.prisma.$queryRaw<Row[]>`
    select table_class.relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
      || case when attnotnull then ' not null' else '' end || case when atthasdef then ' default' else '' end as line
    from pg_attribute join pg_class table_class on table_class.oid = attrelid
    where table_class.relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
      and relname <> '_prisma_migrations'`;
  return rows.map((row) => row.line).sort();
}

/** Partial indexes are left out: Prisma cannot describe them, so they live in the migrations alone. */
async function indexesOf(database: Database): Promise<string[]> {
  const rows = await database.prisma.$queryRaw<Row[]>`
    select table_class.relname || case when indisprimary then ' primary' when indisunique then ' unique' else ' index' end
      || ' (' || (
        select string_agg(pg_get_indexdef(indexrelid, n::int, true)
          || case when indoption[n::int - 1] & 1 = 1 then ' desc' else '' end, ', ' order by n)
        from generate_series(1, indnkeyatts) n
      ) || ')' as line
    from pg_index join pg_class table_class on table_class.oid = indrelid
    where relnamespace = 'public'::regnamespace and indpred is null and not relispartition and relname <> '_prisma_migrations'`;
  return rows.map((row) => row.line.replaceAll('"', "")).sort();
}
