import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const OTHER_MACHINE = (machine: object): string =>
  `data:text/javascript,${encodeURIComponent(
    `for (const [name, value] of Object.entries(${JSON.stringify(machine)})) Object.defineProperty(process, name, { value })`,
  )}`;

const setup = (args: readonly string[], node: readonly string[] = []) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, "app/scripts/setup.mjs", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

test("an outdated Node is reported in one sentence, and nothing is installed", () => {
  const old = OTHER_MACHINE({ arch: "arm64", version: "v20.20.2", versions: { node: "20.20.2" } });
  const { status, stdout, stderr } = setup(["demo"], ["--import", old]);

  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^setup: Tandem needs Node 22\.18 or newer, and this is v20\.20\.2 on \w+-arm64; .*\n$/);
});

test("an unknown command is an error on stderr, so that stdout stays readable for machines", () => {
  expect(setup(["no-such-command", "--json"])).toEqual({
    status: 1,
    stdout: "",
    stderr: 'setup: There is no command "no-such-command". Try --help.\n',
  });
});

test("a command's name cannot leave the folder of commands", () => {
  expect(setup(["../journey/live-deps"]).status).toBe(1);
});

test("help is printed without installing anything", () => {
  const { status, stdout } = setup(["--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Usage:");
});
