import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { reasons } from "../../app/wording/en/reasons.ts";
import { STAGE_OUTCOMES } from "../../app/leads/types.ts";
import { SKIPPED_BECAUSE } from "../../app/event-contract/wire.ts";
import { CONSENT_RULE_NAMES } from "../../app/wording/reasons.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { legs } from "../../app/wording/en/legs.ts";
import { stateWordings } from "../../app/wording/state-wording.ts";
import { META_VERDICTS } from "../../app/meta/verdict-table.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const decisions = readdirSync(path.join(ROOT, "docs/decisions")).map((name) => `docs/decisions/${name}`);
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/architecture.md",
  "docs/glossary.md",
  "docs/limits.md",
  "docs/threat-model.md",
  "docs/every-shop.md",
  "docs/self-hosting.md",
  "docs/several-processes.md",
  "docs/retry-table.md",
  "docs/normalization.md",
  "docs/performance.md",
  "docs/capacity.md",
  "docs/leads.md",
  ...readdirSync(path.join(ROOT, "docs/operations"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/operations/${name}`),
  ...decisions,
];

// `app/x/y.ts` and `docs/x/`; a name alone, such as `meta-hit.ts`, is a file somewhere below app/ or extensions/.
// `app/uninstalled` and `app/scopes_update` are webhook topics.
const PATH = /`(?!app\/(?:uninstalled|scopes_update)`)((?:app|docs|extensions|prisma|test)\/[\w./$-]+?)`/g;
const BARE_NAME = /`([a-z][a-z-]*(?:\.server)?\.tsx?)`/g;
const LINK = /\]\(((?!https?:|#)[^)#]+)/g;

const matchesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);

const sources = ["app", "extensions"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => path.basename(file)),
);

describe.each(DOCUMENTS)("%s", (document) => {
  const text = read(document);

  test("names only files that exist", () => {
    const paths = matchesOf(text, PATH).filter((file) => !existsSync(path.join(ROOT, file)));
    const names = matchesOf(text, BARE_NAME).filter((name) => !sources.includes(name));
    expect([...paths, ...names]).toEqual([]);
  });

  test("links only to files that exist", () => {
    // The pictures are written by the demo.
    const links = matchesOf(text, LINK).filter((link) => !link.endsWith(".png"));
    const broken = links.filter((link) => !existsSync(path.resolve(ROOT, path.dirname(document), link)));
    expect(broken).toEqual([]);
  });
});

const GLOSSARY = read("docs/glossary.md");
const ORIGIN = "origin.";
const TABLES: readonly (readonly [string, readonly string[]])[] = [
  ["state of an event", Object.keys(stateWordings(ENGLISH, "event"))],
  ["state of a delivery", Object.keys(stateWordings(ENGLISH, "delivery"))],
  ["state of a pixel", Object.keys(stateWordings(ENGLISH, "pixel"))],
  ["state of a data request", Object.keys(stateWordings(ENGLISH, "data-request"))],
  ["verdict", Object.keys(stateWordings(ENGLISH, "verdict"))],
  ["consent rule", CONSENT_RULE_NAMES],
  ["reason to leave a browser leg out", SKIPPED_BECAUSE],
  ["origin", Object.keys(legs).flatMap((key) => (key.startsWith(ORIGIN) ? [key.slice(ORIGIN.length)] : []))],
  ["outcome of a report about a lead", STAGE_OUTCOMES],
];

test.each(TABLES)("the glossary explains every %s", (_kind, words) => {
  expect(words.length).toBeGreaterThan(1);
  expect(words.filter((word) => !GLOSSARY.includes(`\`${word}\``))).toEqual([]);
});

test("the glossary explains every reason; those of consent are consent rules", () => {
  const { unknown: _sentence, ...known } = reasons;
  const codes = Object.keys(known).filter((reason) => !reason.startsWith("consent-"));
  expect(codes.filter((reason) => !GLOSSARY.includes(`\`${reason}\``))).toEqual([]);
});

test("the glossary explains every verdict that an answer of Meta can have", () => {
  expect(META_VERDICTS.filter(({ verdict }) => !GLOSSARY.includes(`\`${verdict}\``))).toEqual([]);
});

test("the example environment names every variable that the app reads", () => {
  const schemas = read("app/env/env.server.ts") + read("app/env/operations.server.ts");
  const variables = [...schemas.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
  const example = read(".env.example");
  const selfHosting = read("docs/self-hosting.md");
  expect(variables.length).toBeGreaterThan(10);
  expect(
    variables.filter((name) => !new RegExp(`^${name}=`, "m").test(example) || !selfHosting.includes(`\`${name}\``)),
  ).toEqual([]);
});
