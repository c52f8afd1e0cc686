import process from "node:process";
import { DataFolderInUse } from "../database/data-folder-lock.server.ts";
import { DataFolderProblem } from "../database/data-folder.server.ts";
import { KeyProblem } from "../database/key-problem.ts";
import { MigrationProblem } from "../database/migrate.server.ts";
import { EnvProblem } from "../env/env.server.ts";

/** Whether the error's message is written for the operator, and is printed without a stack. */
export const isRefusedStart = (error: unknown): error is Error =>
  [EnvProblem, DataFolderInUse, DataFolderProblem, MigrationProblem, KeyProblem].some((kind) => error instanceof kind);

/** Runs the program. A refused start prints its message only and exits with code 1. */
export async function runOrRefuse(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!isRefusedStart(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
