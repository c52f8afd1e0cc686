import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { openDatabase } from "../../app/database/db.server.ts";
import { migrate } from "../../app/database/migrate.server.ts";
import { readinessOf, remembered } from "../../app/server/readiness.server.ts";

let parent: string;
let umask: number;
beforeEach(() => {
  umask = process.umask(0);
  parent = mkdtempSync(join(tmpdir(), "tandem-folder-"));
});
afterEach(() => {
  process.umask(umask);
  rmSync(parent, { recursive: true, force: true });
});

/** What others than the owner may do with anything in the folder, itself included. */
const openToOthers = (folder: string): string[] =>
  [".", ...readdirSync(folder, { recursive: true, encoding: "utf8" })].filter(
    (name) => (statSync(join(folder, name)).mode & 0o077) !== 0,
  );

test("the data folder and all its files, old and new, are restricted to its owner", async () => {
  const dataDir = join(parent, "data");
  const before = await openDatabase({ url: undefined, dataDir });
  await migrate(before);
  await before.close();
  chmodSync(dataDir, 0o755);
  chmodSync(join(dataDir, "pglite"), 0o777);
  chmodSync(join(dataDir, "pglite", "PG_VERSION"), 0o666);
  writeFileSync(join(dataDir, "sealing-key"), "secret");
  chmodSync(join(dataDir, "sealing-key"), 0o644);
  expect(openToOthers(dataDir).length).toBeGreaterThanOrEqual(4);

  process.umask(0);
  const database = await openDatabase({ url: undefined, dataDir });
  await database.session((session) => session.run("create table more as select generate_series(1, 10000) as n"));
  await database.probeWrite();

  expect(openToOthers(dataDir)).toEqual([]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, "tandem.lock")).mode & 0o777).toBe(0o600);
  await database.close();
});

test("a process is not ready while its data folder cannot be written, and says so", async () => {
  const dataDir = join(parent, "data");
  const database = await openDatabase({ url: undefined, dataDir });
  const { total } = await migrate(database);
  const app = { database, queue: { isThere: async () => true }, keys: async () => null };
  expect(await readinessOf(app, total)).toEqual({ kind: "ready" });

  rmSync(dataDir, { recursive: true });
  writeFileSync(dataDir, "a file stands where the folder was");
  const answer = await readinessOf(app, total);
  expect(answer).toMatchObject({ kind: "not-ready", because: "disk" });
  expect(JSON.stringify(answer)).toMatch(/The data folder cannot be written to/);
  expect(JSON.stringify(answer)).not.toContain(parent);
  await database.close().catch(() => undefined);
});

test("a process is not ready while its database refuses every write", async () => {
  const database = await openDatabase({ url: undefined, dataDir: "memory://" });
  const { total } = await migrate(database);
  await database.session((session) => session.run("set default_transaction_read_only = on"));
  expect(await readinessOf({ database, queue: { isThere: async () => true }, keys: async () => null }, total)).toEqual({
    kind: "not-ready",
    because: "disk",
    status: "nothing can be written: the database refuses a write",
  });
  await database.close();
});

test("repeated requests get the cached answer for a while", async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    return { kind: "ready" } as const;
  };
  const often = remembered(look, 60_000);
  await Promise.all([often(), often(), often()]);
  await often();
  expect(looks).toBe(1);
  const always = remembered(look, 0);
  await always();
  await always();
  expect(looks).toBe(3);
});
