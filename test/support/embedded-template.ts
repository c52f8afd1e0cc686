import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { PGlite } from "@electric-sql/pglite";

import { DataFolderInUse, lockDataFolder } from "../../app/database/data-folder-lock.server.ts";
import { migrate, MIGRATIONS_FOLDER } from "../../app/database/migrate.server.ts";
import { aDataFolder } from "../simulators/app-process.ts";

/*
 * Creating an embedded database takes five seconds of processor time, nearly all of it PostgreSQL's initdb in
 * WebAssembly; copying one takes less than a second. So one is created per set of migrations and kept in .cache/.
 */
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));
const PREFIX = "embedded-";
const PGLITE = fileURLToPath(new URL("../../node_modules/@electric-sql/pglite/package.json", import.meta.url));
const DAY_MS = 86_400_000;

let template: Promise<string> | undefined;
const theTemplate = (): Promise<string> => (template ??= findOrMake());

/** Today's tables, as an in-memory database can begin. */
export const embeddedImage = async (): Promise<Blob> =>
  new Blob([await readFile(join(await theTemplate(), "image.tar"))]);

/** A data folder with today's tables, to be removed after the test. The app migrates it again, and finds nothing to do. */
export async function aMigratedDataFolder(): ReturnType<typeof aDataFolder> {
  const [folder, made] = await Promise.all([aDataFolder(), theTemplate()]);
  await cp(join(made, "pglite"), join(folder.path, "pglite"), { recursive: true });
  return folder;
}

async function findOrMake(): Promise<string> {
  const folder = join(CACHE, PREFIX + (await fingerprint()));
  while (!(await isThere(folder))) {
    try {
      // Locked by a folder, so that test files that start together create it once.
      const lock = lockDataFolder(`${folder}.making`);
      if (!(await isThere(folder))) await make(folder);
      lock.release();
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
      await pause(200);
    }
  }
  return folder;
}

const isThere = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    () => true,
    () => false,
  );

async function fingerprint(): Promise<string> {
  const migrations = (await readdir(MIGRATIONS_FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const files = migrations.map(({ name }) => join(MIGRATIONS_FOLDER, name, "migration.sql")).sort();
  const hash = createHash("sha256");
  for (const file of [PGLITE, ...files]) hash.update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

async function make(folder: string): Promise<void> {
  await removeOld();
  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half);
  const pglite = await PGlite.create(join(half, "pglite"));
  await migrate({
    kind: "pglite",
    session: (work) =>
      work({
        run: async (script) => void (await pglite.exec(script)),
        rows: async (sql, values = []) => (await pglite.query(sql, [...values])).rows,
      }),
  });
  await writeFile(join(half, "image.tar"), Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer()));
  await pglite.close();
  await rename(half, folder);
}

/** Those of other migrations, unless a test that runs now may be copying one. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const old = join(CACHE, name);
    const isOld = async (): Promise<boolean> => Date.now() - (await stat(old)).mtimeMs > DAY_MS;
    if (name.startsWith(PREFIX) && (await isOld())) await rm(old, { recursive: true, force: true });
  }
}
