import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** The data folder cannot be used; the message says why and what to do. */
export class DataFolderProblem extends Error {
  override readonly name = "DataFolderProblem";
}

const OTHERS = 0o077;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Creates the folder if needed and restricts it to its owner, because it contains sealed tokens and data about
 * shoppers. Files that this process writes later are restricted too.
 */
export function privateFolder(folder: string): void {
  process.umask(OTHERS);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    chmodSync(folder, FOLDER_MODE);
  } catch (error) {
    throw new DataFolderProblem(
      `Tandem cannot restrict the data folder ${folder} to its owner (${codeOf(error)}). Give it to the user that runs ` +
        "Tandem, free space if the disk is full, or name another folder in TANDEM_DATA_DIR.",
      { cause: error },
    );
  }
}

/**
 * Restricts existing files to their owner: those of an earlier version, and those for which PGlite sets its own mode.
 */
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
// PostgreSQL writes its log in files of 16 MB, and stops if it cannot create the next one.
const LEAST_FREE_BYTES = 17 * 1024 * 1024;

/**
 * Throws DataFolderProblem if the folder cannot be written: the disk is full or read-only, or the folder is missing.
 */
export function probeFolder(folder: string): void {
  const file = join(folder, `probe-${process.pid}`);
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < LEAST_FREE_BYTES) throw Object.assign(new Error("nearly full"), { code: "ENOSPC" });
    writeFileSync(file, Buffer.alloc(PROBE_BYTES));
    rmSync(file);
  } catch (error) {
    removeIfThere(file);
    // The answer of /readyz is public, and must not reveal the path.
    throw cannotWrite("The data folder", error);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The cause that prevented writing also prevents removing.
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
