import { randomUUID } from "node:crypto";

import pg from "pg";

import { type Database, openDatabase } from "../../app/database/db.server.ts";
import { migrate } from "../../app/database/migrate.server.ts";
import { embeddedImage } from "./embedded-template.ts";
import { serverAddress } from "./postgres-server.ts";

export type TestDatabase = Database & {
  /** For a second process or a second pool; undefined for the embedded database, which has only one. */
  readonly url: string | undefined;
};

/** A fresh embedded database with today's tables, in memory. Close it when done. */
export async function pgliteDatabase(): Promise<TestDatabase> {
  const image = await embeddedImage();
  return { ...(await openDatabase({ url: undefined, dataDir: "memory://", image })), url: undefined };
}

/**
 * A fresh database with today's tables on a real PostgreSQL: the one that TEST_DATABASE_URL names, else one that comes
 * from npm and is shared by everything that runs at the same time. Closing drops it.
 */
export async function postgresDatabase(): Promise<TestDatabase> {
  const { url, drop } = await emptyPostgresDatabase();
  const database = await openDatabase({ url, dataDir: "" });
  await migrate(database);
  const close = async (): Promise<void> => {
    await database.close();
    await drop();
  };
  return { ...database, url, close };
}

/** Like postgresDatabase, but without any table. */
export async function emptyPostgresDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const server = process.env["TEST_DATABASE_URL"] || (await serverAddress());
  const name = `tandem_test_${randomUUID().replaceAll("-", "")}`;
  await runOn(server, `create database ${name}`);
  // Far from UTC and by half an hour, so that a time that loses its zone shows.
  await runOn(server, `alter database ${name} set timezone to 'Asia/Kolkata'`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return { url: address.href, drop: () => runOn(server, `drop database if exists ${name} with (force)`) };
}

async function runOn(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
