import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { missingFrom } from "../../app/scripts/complete-lockfile.mjs";

const Lockfile = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).exactOptional() })),
});

const lockfile = Lockfile.parse(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../package-lock.json"), "utf8")),
);

test("the lock file has every platform's packages, or npm ci refuses it (node app/scripts/complete-lockfile.mjs)", () => {
  expect(missingFrom(lockfile.packages)).toEqual([]);
});

test("an optional package counts as missing only where no folder above has it", () => {
  const wants = { optionalDependencies: { "tool-linux-x64": "1.0.0" } };
  const inOwnFolder = { "node_modules/a": wants, "node_modules/a/node_modules/tool-linux-x64": {} };
  const above = { "node_modules/a/node_modules/b": wants, "node_modules/tool-linux-x64": {} };
  const beside = { "node_modules/a": wants, "node_modules/b/node_modules/tool-linux-x64": {} };

  expect(missingFrom(inOwnFolder)).toEqual([]);
  expect(missingFrom(above)).toEqual([]);
  expect(missingFrom(beside)).toEqual([{ name: "tool-linux-x64", version: "1.0.0", dev: false }]);
});
