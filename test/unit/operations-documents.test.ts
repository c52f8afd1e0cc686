import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { METRIC_ROWS } from "../../app/telemetry/metrics-table.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const DOCUMENT = read("docs/operations/metrics.md");
const RUNBOOKS = read("docs/operations/runbooks.md");
const DASHBOARD = read("docs/operations/grafana.json");
const ALERTS = read("docs/operations/alerts.yaml");

/** Every text under one of these keys, wherever it stands. */
function textsUnder(key: string, value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === "string" ? [inner] : textsUnder(key, inner),
  );
}

const queries = textsUnder("expr", JSON.parse(DASHBOARD));
const rules = ALERTS.split(/^ {6}- alert: /m)
  .slice(1)
  .map((rule) => ({
    name: /^\w+/.exec(rule)?.[0] ?? "",
    query: / {8}expr: >-\n {10}(.+)/.exec(rule)?.[1] ?? "",
    runbook: /runbook: (\S+)/.exec(rule)?.[1] ?? "",
    text: rule,
  }));

type Series = { readonly name: string; readonly selector: string };

/** The series that a query reads. `up` is Prometheus's own. */
const seriesOf = (query: string): readonly Series[] =>
  [...query.matchAll(/\b((?:tandem|http|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)]
    .map(([, name = "", selector = ""]) => ({ name, selector }))
    .filter(({ name }) => !LABELS.has(name));

const LABELS = new Set([...METRIC_ROWS.values()].flatMap(({ labels }) => labels));
const withoutPart = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, "");

/** What of a query the app does not export. */
function unknownIn(query: string): readonly string[] {
  return seriesOf(query).flatMap(({ name, selector }) => {
    const row = METRIC_ROWS.get(name) ?? METRIC_ROWS.get(withoutPart(name));
    const isPart = !METRIC_ROWS.has(name);
    if (row === undefined || (row.kind === "histogram") !== isPart) return [name];
    const labels = [...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label = ""]) => label);
    return labels.filter((label) => label !== "job" && !row.labels.includes(label)).map((label) => `${name}.${label}`);
  });
}

describe.each([
  ["the dashboard", queries],
  ["the alerts", rules.map(({ query }) => query)],
] as const)("%s", (_what, all) => {
  test("queries only exported metrics, by their labels", () => {
    expect(all.length).toBeGreaterThan(10);
    expect(all.flatMap(unknownIn)).toEqual([]);
  });

  test("sums by labels that one of its series has", () => {
    const odd = all.flatMap((query) => {
      const had = new Set(["le", "instance", "job", ...labelsOf(query)]);
      const groups = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = ""]) =>
        by.split(",").map((one) => one.trim()),
      );
      return groups.filter((label) => !had.has(label));
    });
    expect(odd).toEqual([]);
  });
});

const labelsOf = (query: string): readonly string[] =>
  seriesOf(query).flatMap(
    ({ name }) => METRIC_ROWS.get(name)?.labels ?? METRIC_ROWS.get(withoutPart(name))?.labels ?? [],
  );

test("a query for an unknown metric would be detected", () => {
  expect(unknownIn("rate(tandem_wishes_total[5m])")).toEqual(["tandem_wishes_total"]);
  expect(unknownIn('tandem_pixels{shop="a"}')).toEqual(["tandem_pixels.shop"]);
  expect(unknownIn("tandem_commit_entries")).toEqual(["tandem_commit_entries"]);
});

test("every metric is in a chart or an alert, and documented with its own help text", () => {
  const queried = new Set(
    [...queries, ...rules.map(({ query }) => query)].flatMap(seriesOf).map(({ name }) => withoutPart(name)),
  );
  expect([...METRIC_ROWS.keys()].filter((name) => !queried.has(name))).toEqual([]);
  const rows = [...METRIC_ROWS].filter(
    ([name, { help, kind, labels }]) =>
      !DOCUMENT.split("\n").some(
        (line) =>
          line.startsWith(`| \`${name}\``) &&
          [help, kind, ...labels.map((label) => `\`${label}\``)].every((part) => line.includes(part)),
      ),
  );
  expect(rows.map(([name]) => name)).toEqual([]);
});

test("every alert has a query, a duration, a severity and a runbook chapter, and every chapter has an alert", () => {
  const chapters = [...RUNBOOKS.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(chapters).toEqual(rules.map(({ name }) => name));
  for (const { name, query, runbook, text } of rules) {
    expect(query).not.toBe("");
    expect(text).toMatch(/ {8}for: \d+m\n {8}labels:\n {10}severity: (?:critical|warning)\n/);
    expect(runbook).toBe(`docs/operations/runbooks.md#${name.toLowerCase()}`);
  }
});

test("each chapter explains the meaning, where to look and what to do", () => {
  const incomplete = RUNBOOKS.split(/^## /m)
    .slice(1)
    .filter((chapter) => !["**Means.**", "**Look.**", "**Do.**"].every((part) => chapter.includes(part)));
  expect(incomplete).toEqual([]);
});

test("the alerts that the app sends itself are in the runbooks too", () => {
  const subjects = /const SUBJECTS = \{([^}]*)\}/.exec(read("app/alerts/alerts.server.ts"))?.[1] ?? "";
  const kinds = [...subjects.matchAll(/"([a-z-]+)":/g)].map(([, kind = ""]) => kind);
  expect(kinds.length).toBeGreaterThan(1);
  expect(kinds.filter((kind) => !RUNBOOKS.includes(`\`${kind}\``))).toEqual([]);
});

test("every line of the log is documented, and nothing else is", () => {
  const union = /export type LogEvent =([^;]*);/.exec(read("app/logging/logger.server.ts"))?.[1] ?? "";
  const lines = [...union.matchAll(/"([^"]+)"/g)].map(([, line]) => line);
  const documented = [...read("docs/operations/logs.md").matchAll(/^\| `([^`]+)`/gm)].map(([, line]) => line);
  expect(lines.length).toBeGreaterThan(20);
  expect(documented.toSorted()).toEqual(lines.toSorted());
});
