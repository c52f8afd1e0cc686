import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MODEL = readFileSync(path.join(ROOT, "docs/threat-model.md"), "utf8");

const rows = MODEL.slice(MODEL.indexOf("## Threats"))
  .split("\n")
  .filter((line) => /^\| (?!threat |-)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("every threat names a defense and a test", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter(([, threat, defense, tests]) => !threat || !defense || !/`test\//.test(tests ?? ""))).toEqual([]);
});

test("every test that it names exists, by file and title", () => {
  const named = [...MODEL.matchAll(/`(test\/[\w./-]+)`(?: "([^"]+)")?/g)];
  const missing = named.filter(([, file = "", title = ""]) => {
    const whole = path.join(ROOT, file);
    return !existsSync(whole) || !readFileSync(whole, "utf8").includes(title);
  });
  expect(missing.map(([text]) => text)).toEqual([]);
});
