import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { keptKey } from "../programs/kept-key.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-kept-key-"));
  folders.push(folder);
  return folder;
}

test("the demo's second run opens what its first one sealed", async () => {
  const folder = await aFolder();
  const key = await keptKey(folder);
  await writeFile(path.join(folder, "database"), "");
  expect(await keptKey(folder)).toBe(key);
  expect(existsSync(path.join(folder, "database"))).toBe(true);
});

test("what nothing can open is removed", async () => {
  const folder = await aFolder();
  await writeFile(path.join(folder, "database"), "");
  await keptKey(folder);
  expect(existsSync(path.join(folder, "database"))).toBe(false);
});
