import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LONG_RUNNING } from "../../app/scripts/node-flags.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program with types, run with the flags of a process that runs for long; what it printed. */
async function run(cache: string): Promise<string> {
  const program = path.join(folder, "program.ts");
  await writeFile(program, `const word: string = "ran"; process.stdout.write(word);`);
  const flags = ["--disable-warning=ExperimentalWarning", ...LONG_RUNNING, program];
  const { stdout } = await promisify(execFile)(process.execPath, flags, {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  return stdout;
}

test("Node's compile cache is available at the next start", async () => {
  const cache = path.join(folder, "compiled");
  expect(await run(cache)).toBe("ran");
  const [version = "none"] = await readdir(cache);
  expect(await readdir(path.join(cache, version))).not.toEqual([]);
});

test("without a writable cache the app still runs", async () => {
  const file = path.join(folder, "a-file");
  await writeFile(file, "");
  expect(await run(path.join(file, "compiled"))).toBe("ran");
});
