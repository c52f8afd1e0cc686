import { join } from "node:path";

import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";
import { type ConstructorOptions, fromPglite } from "pg-boss";

import { probeFolder, restrictContents } from "./data-folder.server.ts";
import { lockDataFolder } from "./data-folder-lock.server.ts";
import { statementNames } from "./cached-plan.server.ts";
import { repeatingConflicts } from "./repeat-conflicts.server.ts";

/** A connection of its own: for scripts of several statements, and statements that must share a session. */
export type SqlSession = {
  run(script: string): Promise<void>;
  rows(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
};

export type Database = {
  readonly kind: "pglite" | "postgresql";
  readonly prisma: PrismaClient;
  /** Options for pg-boss's constructor, to run on the same database. */
  readonly boss: ConstructorOptions;
  /** Throws while the database does not answer. */
  ping(): Promise<void>;
  /** Writes a little. Throws where nothing can be stored: a full disk, a database in recovery. */
  probeWrite(): Promise<void>;
  session<Result>(work: (session: SqlSession) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

export type DatabaseChoice = {
  /** A PostgreSQL address. Without one the embedded database in `dataDir` is used. */
  readonly url: string | undefined;
  /** A folder, or `memory://` for a database that ends with the process. */
  readonly dataDir: string;
  /** The initial contents of a database in memory: a dump by PGlite. */
  readonly image?: Blob;
  readonly maxConnections?: number;
};

const IN_MEMORY = "memory://";
const MAX_CONNECTIONS = 10;
// Closing a connection drops its cached plans, so that none outlives a large change of the tables.
const CONNECTION_LIFE_S = 300;
// A request without a connection must become a 503 before its sender stops waiting (Shopify: 5 s).
const CONNECT_TIMEOUT_MS = 3_000;
// For pg-boss, whose calls (fetching, maintenance, listening) are few and short.
const QUEUE_CONNECTIONS = 4;
const TIDY_EVERY_MS = 600_000;

/**
 * Opens the database that the environment names, without migrating it.
 * Throws DataFolderInUse if another process has the embedded database's folder open.
 */
export const openDatabase = (choice: DatabaseChoice): Promise<Database> =>
  choice.url === undefined ? openEmbedded(choice) : openServer(choice.url, choice.maxConnections);

async function openEmbedded({ dataDir, image }: DatabaseChoice): Promise<Database> {
  // Imported only here, so that a process with a PostgreSQL server does not load them.
  const [{ PGlite }, { PrismaPGlite }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("pglite-prisma-adapter"),
  ]);
  const inMemory = dataDir === IN_MEMORY;
  const lock = inMemory ? null : lockDataFolder(dataDir);
  const place = inMemory
    ? { dataDir: IN_MEMORY, ...(image && { loadDataDir: image }) }
    : { dataDir: join(dataDir, "pglite") };
  const pglite = await PGlite.create(place).catch((error: unknown) => {
    lock?.release();
    throw error;
  });
  if (!inMemory) restrictContents(dataDir);
  await pglite.exec("set time zone 'UTC'"); // see tandemAddress
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite) });
  const tidying = keepTidy(pglite);
  return {
    kind: "pglite",
    prisma,
    boss: { db: fromPglite(pglite), backend: "pglite" },
    ping: async () => void (await prisma.$queryRaw`select 1`),
    probeWrite: async () => {
      // PGlite itself notices a full disk only at the end of a file, and then it is too late.
      if (!inMemory) probeFolder(dataDir);
      await writeProbeRow(prisma);
    },
    session: (work) =>
      work({
        run: async (script) => void (await pglite.exec(script)),
        rows: async (sql, values = []) => (await pglite.query(sql, [...values])).rows,
      }),
    close: async () => {
      clearInterval(tidying);
      await prisma.$disconnect();
      await pglite.close();
      lock?.release();
    },
  };
}

async function writeProbeRow(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`
    insert into housekeeping (task, done_until) values ('write-probe', now())
    on conflict (task) do update set done_until = now()`;
}

/** PostgreSQL's vacuum and analyze: PGlite has no background process for them, so dead rows would stay. */
function keepTidy(pglite: PGlite): NodeJS.Timeout {
  const tidy = (): void => {
    // A failure only skips one round; a real problem of the database shows in the next query.
    pglite.exec("vacuum (analyze)").catch(() => undefined);
  };
  return setInterval(tidy, TIDY_EVERY_MS).unref();
}

async function openServer(url: string, max = MAX_CONNECTIONS): Promise<Database> {
  const connectionString = tandemAddress(url);
  const config = { connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: "tandem" };
  const pool = { ...config, max, maxLifetimeSeconds: CONNECTION_LIFE_S };
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() });
  const prisma = repeatingConflicts(adapter, (repeating) => new PrismaClient({ adapter: repeating }));
  await prisma.$connect();
  return {
    kind: "postgresql",
    prisma,
    boss: { ...config, connectionString: withAsyncCommit(connectionString), max: QUEUE_CONNECTIONS },
    ping: async () => void (await prisma.$queryRaw`select 1`),
    probeWrite: () => writeProbeRow(prisma),
    session: (work) => onOwnConnection(config, work),
    close: () => prisma.$disconnect(),
  };
}

/** A job is only a wake-up, so the sweep replaces those that a crash of PostgreSQL loses. */
function withAsyncCommit(connectionString: string): string {
  const address = new URL(connectionString);
  const options = address.searchParams.get("options");
  address.searchParams.set("options", [options, "-c synchronous_commit=off"].filter(Boolean).join(" "));
  return address.href;
}

async function onOwnConnection<Result>(
  config: pg.ClientConfig,
  work: (session: SqlSession) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work({
      run: async (script) => void (await client.query(script)),
      rows: async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, [...values])).rows,
    });
  } finally {
    await client.end();
  }
}

/**
 * Prisma adds `?schema=public` to addresses. Another schema is refused: the hot statements name their tables without a
 * schema, and would use the wrong one.
 */
function tandemAddress(url: string): string {
  const address = new URL(url);
  const schema = address.searchParams.get("schema");
  if (schema !== null && schema !== "public") {
    throw new Error(`DATABASE_URL names the schema "${schema}"; Tandem keeps its tables in "public". Remove ?schema=.`);
  }
  address.searchParams.delete("schema");
  // Prisma's adapters write times without a time zone and ignore the zone they read (7.10), which is correct only in
  // UTC.
  const options = address.searchParams.get("options");
  address.searchParams.set("options", [options, "-c TimeZone=UTC"].filter(Boolean).join(" "));
  return address.href;
}
