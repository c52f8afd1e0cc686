import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { DataFolderInUse, lockDataFolder } from "../../app/database/data-folder-lock.server.ts";

const MODULE = new URL("../../app/database/data-folder-lock.server.ts", import.meta.url).href;
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

let folder: string;
const lockFile = (): string => join(folder, "tandem.lock");
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "tandem-lock-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const script = (then: string): string[] => [
  "--input-type=module",
  "-e",
  `const { lockDataFolder } = await import(${JSON.stringify(MODULE)});
   try { lockDataFolder(${JSON.stringify(folder)}); ${then} } catch (error) { console.log(error.name); }`,
];

/** A process of its own that holds the folder until it is killed. */
async function aHolder() {
  const holder = spawn(process.execPath, script(`console.log("held"); setInterval(() => {}, 1000);`), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  return holder;
}

test("a folder serves one process, and the refusal names that process and what to do", async () => {
  const holder = await aHolder();
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
  expect(() => lockDataFolder(folder)).toThrow(
    new RegExp(`process ${holder.pid}\\b.*Stop that process.*DATABASE_URL`, "s"),
  );
  holder.kill("SIGKILL");
  await once(holder, "exit");
  lockDataFolder(folder).release();
});

test("the same process cannot open a folder twice, but can again after releasing it", () => {
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
  lock.release();
  expect(existsSync(lockFile())).toBe(false);
  lockDataFolder(folder).release();
});

test("a process that ends leaves no lock", () => {
  expect(spawnSync(process.execPath, script("console.log('held')"), { encoding: "utf8" }).stdout).toContain("held");
  expect(existsSync(lockFile())).toBe(false);
});

test("a recycled process ID does not count as the owner", () => {
  const lock = lockDataFolder(folder);
  const owner = JSON.parse(readFileSync(lockFile(), "utf8")) as object;
  lock.release();
  writeFileSync(lockFile(), JSON.stringify({ ...owner, born: "another boot:1", nonce: "theirs" }));
  lockDataFolder(folder).release();
});

test("another host's lock counts while it is touched, and no longer", () => {
  const theirs = { pid: 1, host: `not-${hostname()}`, born: "boot:1", nonce: "theirs" };
  writeFileSync(lockFile(), JSON.stringify(theirs));
  expect(() => lockDataFolder(folder)).toThrow(/process 1 on not-/);
  utimesSync(lockFile(), LONG_AGO, LONG_AGO);
  lockDataFolder(folder).release();
});

test("releasing never removes a lock that another process has taken since", () => {
  const lock = lockDataFolder(folder);
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, host: hostname(), born: null, nonce: "theirs" }));
  lock.release();
  expect(existsSync(lockFile())).toBe(true);
});

test.each(["", "{", '{"pid":1', "null"])("a lock with the contents %j is half-written and does not block", (text) => {
  writeFileSync(lockFile(), text);
  lockDataFolder(folder).release();
});

test("a lock with an unreadable owner counts while a process keeps touching it", () => {
  writeFileSync(lockFile(), "");
  const later = new Date(Date.now() + 20_000);
  utimesSync(lockFile(), later, later);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
});

test("a full disk leaves no lock, and the refusal says so", () => {
  // Files may have no bytes at all; the shell's limit stands for the disk's.
  const tried = `try { lockDataFolder(${JSON.stringify(folder)}) } catch (error) { console.log(error.name, error.message) }`;
  const program = `const { lockDataFolder } = await import(${JSON.stringify(MODULE)}); ${tried}`;
  const { stdout } = spawnSync(
    "sh",
    ["-c", 'ulimit -f 0; exec "$0" "$@"', process.execPath, "--input-type=module", "-e", program],
    {
      encoding: "utf8",
    },
  );
  expect(stdout).toMatch(/^DataFolderProblem The data folder .* cannot be written to \(EFBIG\)/);
  expect(readdirSync(folder)).toEqual([]);
  lockDataFolder(folder).release();
});

test("of many processes that see a dead process's lock, one gets the folder", async () => {
  const holder = await aHolder();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const heirs = Array.from({ length: 6 }, () =>
    spawn(process.execPath, script(`console.log("held"); setInterval(() => {}, 1000);`)),
  );
  const words = await Promise.all(heirs.map(async (heir) => String((await once(heir.stdout, "data"))[0]).trim()));
  for (const heir of heirs) heir.kill("SIGKILL");
  expect(words.sort()).toEqual([...Array.from({ length: 5 }, () => "DataFolderInUse"), "held"]);
});
