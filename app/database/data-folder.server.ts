import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** The folder cannot be used as it is; the message says why and what to do. */
export class DataFolderProblem extends Error {
  override readonly name = "DataFolderProblem";
}

const OTHERS = 0o077;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Makes the folder if needed, and its owner's alone: it holds tokens, sealed, and data about shoppers. Whatever this
 * process writes later is its owner's too.
 */
export function privateFolder(folder: string): void {
  process.umask(OTHERS);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    chmodSync(folder, FOLDER_MODE);
  } catch (error) {
    throw new DataFolderProblem(
      `The data folder ${folder} cannot be made its owner's alone (${codeOf(error)}). Give it to the user that runs ` +
        "Tandem, free space if the disk is full, or name another folder in TANDEM_DATA_DIR.",
      { cause: error },
    );
  }
}

/** Takes every file in the folder from others: those of an earlier version, and those that PGlite gives a mode of its own. */
export function restrictContents(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      chmodSync(path, FOLDER_MODE);
      restrictContents(path);
    } else if (entry.isFile()) chmodSync(path, FILE_MODE);
  }
}

const PROBE_BYTES = 64 * 1024;
// PostgreSQL writes its log in files of 16 MB, and ends where it cannot make the next one.
const LEAST_FREE_BYTES = 17 * 1024 * 1024;

/** Throws DataFolderProblem where the folder takes no more: the disk is full or read-only, or the folder is gone. */
export function probeFolder(folder: string): void {
  const file = join(folder, `probe-${process.pid}`);
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < LEAST_FREE_BYTES) throw Object.assign(new Error("nearly full"), { code: "ENOSPC" });
    writeFileSync(file, Buffer.alloc(PROBE_BYTES));
    rmSync(file);
  } catch (error) {
    removeIfThere(file);
    // The answer of /readyz is public, and a path is nobody's business.
    throw cannotWrite("The data folder", error);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What kept it from being written also keeps it from being removed.
  }
}

export const cannotWrite = (what: string, error: unknown): DataFolderProblem =>
  new DataFolderProblem(
    codeOf(error) === "ENOSPC"
      ? `${what} is on a full disk: free at least 17 MB. What is stored stays.`
      : `${what} cannot be written to (${codeOf(error)}). Check the disk, its quota, and the folder's owner.`,
    { cause: error },
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
