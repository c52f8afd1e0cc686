import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { cannotWrite, privateFolder } from "./data-folder.server.ts";

/** The folder is open already, in this process or another. PGlite would corrupt it without an error. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

export type DataFolderLock = { release(): void };

type Owner = {
  readonly pid: number;
  readonly host: string;
  /** Distinguishes the process that wrote the lock from a later one with the same PID. */
  readonly born: string | null;
  readonly nonce: string;
};

const FILE = "tandem.lock";
const HEARTBEAT_MS = 5_000;
// A process on another host or in another container can only be judged by its heartbeat; PGlite may delay timers by
// seconds.
const SILENT_AFTER_MS = 60_000;

/**
 * Locks the folder for this process, creating it if needed. Takes over the lock of a dead process.
 * Throws DataFolderInUse, with a sentence that says who holds the lock and what to do, and DataFolderProblem.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  privateFolder(folder);
  const file = join(folder, FILE);
  const mine: Owner = { pid: process.pid, host: hostname(), born: bornAt(process.pid), nonce: randomUUID() };
  while (!created(file, folder, mine)) removeIfStale(file, folder);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  const release = (): void => {
    clearInterval(heartbeat);
    process.off("exit", release);
    if (nonceOf(ownerIn(file)) === mine.nonce) rmSync(file, { force: true });
  };
  process.on("exit", release);
  return { release };
}

/** Written aside and then linked, so that a full disk or a crash half-way leaves no lock without an owner. */
function created(file: string, folder: string, owner: Owner): boolean {
  const aside = `${file}.${owner.nonce}`;
  try {
    writeFileSync(aside, JSON.stringify(owner), { mode: 0o600 });
    putInPlace(aside, file);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw cannotWrite(`The data folder ${folder}`, error);
  } finally {
    rmSync(aside, { force: true });
  }
}

function putInPlace(aside: string, file: string): void {
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!NO_LINKS.some((code) => isErrno(error, code))) throw error;
    copyFileSync(aside, file, constants.COPYFILE_EXCL);
  }
}

// Network folders and vfat have no hard links.
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"] as const;

/** Removes a dead process's lock; throws while the owner lives. */
function removeIfStale(file: string, folder: string): void {
  const owner = ownerIn(file);
  if (owner === "gone") return;
  if (owner !== null ? isAlive(owner, file) : hasHeartbeat(file)) throw inUse(owner, folder);
  // Two processes may see the same dead lock. The rename succeeds for one of them; if it moved the other's new lock
  // instead, that lock is put back.
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isErrno(error, "ENOENT")) return;
    throw error;
  }
  const caught = ownerIn(aside);
  if (nonceOf(caught) !== nonceOf(owner)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function ownerIn(file: string): Owner | "gone" | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isOwner(parsed) ? parsed : null;
  } catch (error) {
    // An empty or torn lock has an unknown owner.
    return isErrno(error, "ENOENT") ? "gone" : null;
  }
}

const nonceOf = (owner: Owner | "gone" | null): string | null =>
  owner === null || owner === "gone" ? null : owner.nonce;

const isOwner = (value: unknown): value is Owner =>
  typeof value === "object" &&
  value !== null &&
  "pid" in value &&
  typeof value.pid === "number" &&
  "host" in value &&
  "nonce" in value;

function isAlive(owner: Owner, file: string): boolean {
  if (owner.host !== hostname()) return wasTouchedLately(file);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (isErrno(error, "ESRCH")) return false;
  }
  const born = bornAt(owner.pid);
  return owner.born === null || born === null || owner.born === born;
}

/**
 * When the process started, as the system reports it: boot and clock ticks on Linux, `ps` elsewhere; null if unknown.
 */
function bornAt(pid: number): string | null {
  try {
    // The command's name, field 2, is in parentheses and may contain spaces; the start time is field 22.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields?.[19] ?? ""}`;
  } catch {
    return bornAtByPs(pid);
  }
}

function bornAtByPs(pid: number): string | null {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim() || null;
  } catch {
    return null;
  }
}

function wasTouchedLately(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs < SILENT_AFTER_MS;
  } catch {
    return false;
  }
}

/** Whether a process has touched the lock since it was made, and lately: a lock without an owner in it may still be held. */
function hasHeartbeat(file: string): boolean {
  const { mtimeMs, birthtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, birthtimeMs: 0 };
  return mtimeMs - birthtimeMs > HEARTBEAT_MS / 2 && wasTouchedLately(file);
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The folder was removed while the process runs; the database reports that itself.
  }
}

function describedOwner(owner: Owner | null): string {
  if (owner === null) return "another process";
  return owner.host === hostname() ? `process ${owner.pid}` : `process ${owner.pid} on ${owner.host}`;
}

function inUse(owner: Owner | null, folder: string): DataFolderInUse {
  return new DataFolderInUse(
    `The data folder ${folder} is in use by ${describedOwner(owner)}. Stop that process first, or set DATABASE_URL to a PostgreSQL ` +
      `database: the embedded database serves one process at a time.`,
  );
}

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
