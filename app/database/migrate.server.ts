import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Database, SqlSession } from "./db.server.ts";
import { repeatConflicts } from "./repeat-conflicts.server.ts";

export type Migrated = {
  /** The migrations that this call applied, in order. */
  readonly applied: readonly string[];
  /** How many migrations the database has now. */
  readonly total: number;
};

/** The database does not match this version's migrations; the message says what to do. */
export class MigrationProblem extends Error {
  override readonly name = "MigrationProblem";
}

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
type Booked = { readonly name: string; readonly checksum: string; readonly finished: boolean };

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

// The lock number of Prisma's own engine, so that `prisma migrate deploy` and this runner also exclude each other.
const ADVISORY_LOCK = 72_707_369;

// The same columns as Prisma's engine creates (7.10), because either may run first.
const LEDGER = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Applies missing migrations, each in one transaction with its row in `_prisma_migrations`, so that a failed one leaves
 * nothing behind. Safe to call from several processes at once. Throws MigrationProblem.
 */
export async function migrate(
  database: Pick<Database, "kind" | "session">,
  folder = MIGRATIONS_FOLDER,
): Promise<Migrated> {
  const migrations = await readMigrations(folder);
  return database.session(async (session) => {
    // The embedded database has one session and one process, so no other runner needs to be excluded.
    if (database.kind === "postgresql") await session.rows("select pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await session.run(LEDGER);
    const booked = await readBooked(session);
    const missing = migrations.filter((migration) => !isApplied(migration, booked));
    // An older version that writes beside it may have locked the same tables in another order.
    for (const migration of missing) await repeatConflicts(() => apply(session, migration));
    return { applied: missing.map((migration) => migration.name), total: migrations.length };
  });
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: checksumOf(sql) };
    }),
  );
}

const checksumOf = (sql: string): string => createHash("sha256").update(sql).digest("hex");

async function readBooked(session: SqlSession): Promise<Map<string, Booked>> {
  const rows = await session.rows(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  // The statement above returns exactly these three columns.
  return new Map((rows as readonly Booked[]).map((row) => [row.name, row]));
}

function isApplied(migration: Migration, booked: ReadonlyMap<string, Booked>): boolean {
  const entry = booked.get(migration.name);
  if (entry === undefined) return false;
  if (!entry.finished) {
    throw new MigrationProblem(
      `Migration ${migration.name} began on this database and did not finish. Check its row in _prisma_migrations, ` +
        `repair the tables, then mark it with "prisma migrate resolve".`,
    );
  }
  // A checkout may rewrite line endings; that is not a change.
  const sums = [
    migration.checksum,
    checksumOf(migration.sql.replaceAll("\r\n", "\n")),
    checksumOf(migration.sql.replaceAll(/\r?\n/g, "\r\n")),
  ];
  if (!sums.includes(entry.checksum)) {
    throw new MigrationProblem(
      `Migration ${migration.name} was changed after it was applied to this database. Restore its file; ` +
        `a change to the tables needs a migration of its own.`,
    );
  }
  return true;
}

async function apply(session: SqlSession, migration: Migration): Promise<void> {
  await session.run("begin");
  try {
    await session.run(migration.sql);
    await session.rows(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, transaction_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await session.run("commit");
  } catch (error) {
    await session.run("rollback");
    const because = error instanceof Error ? error.message : String(error);
    throw new MigrationProblem(`Migration ${migration.name} failed and was rolled back: ${because}`, { cause: error });
  }
}
