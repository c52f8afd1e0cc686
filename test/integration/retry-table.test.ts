import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { retryTable } from "../../app/meta/retry-table.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

test("the published retry table matches the code (npm run retry-table -- --write)", () => {
  expect(readFileSync(path.join(ROOT, "docs/retry-table.md"), "utf8")).toBe(retryTable());
});

test("the table is formatted as Prettier would format it", async () => {
  expect(await format(retryTable(), { parser: "markdown", printWidth: 120 })).toBe(retryTable());
});

test("the command prints the table, and names an unknown option", () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", "app/cli/retry-table.ts", ...args], {
      cwd: ROOT,
      encoding: "utf8",
    });
  expect(run()).toMatchObject({ status: 0, stdout: retryTable() });
  expect(run("--help").stdout).toMatch(/^Usage: npm run retry-table/);
  expect(run("--wipe")).toMatchObject({ status: 2, stdout: "" });
});
