import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { newSealingKey } from "../simulators/app-process.ts";

/**
 * The sealing key of the simulated app whose database is in this folder: the one of the last run, because the app does
 * not start with another. A folder without a key is emptied, since nothing can open what is in it.
 */
export async function keptKey(folder: string): Promise<string> {
  const file = path.join(folder, "sealing-key");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept !== null) return kept;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(file, newSealingKey("simulated"), { mode: 0o600 });
  return readFile(file, "utf8");
}
