import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

// What Shopify refuses on deploy only, and what a shop's page would wait for. Theme check reads no schema of an app block.
const EMBED = "extensions/tandem-theme-embed";
const KINDS: Readonly<Record<string, RegExp>> = {
  assets: /\.(?:jpe?g|json|js|css|png|svg|wasm)$/,
  blocks: /\.liquid$/,
  snippets: /\.liquid$/,
  locales: /^[a-z]{2}(?:-[A-Z]{2})?(?:\.default)?(?:\.schema)?\.json$/,
};
// Bytes. Shopify's documented limits for a theme app extension (shopify.dev, 2026-11); Liquid may be larger since 2025.
const MOST_LIQUID = 100_000;
const MOST_OF_ALL = 10_000_000;

const KEYS = ["name", "target", "settings", "javascript", "stylesheet", "enabled_on", "disabled_on", "available_if"];
const TARGETS = ["head", "body", "compliance_head"];
const TEXTS = ["header", "paragraph"];
const INPUTS: Readonly<Record<string, string>> = {
  checkbox: "boolean",
  text: "string",
  select: "string",
  range: "number",
};

type Setting = Readonly<Record<string, unknown>>;

type BlockSchema = {
  readonly name?: string;
  readonly target?: string;
  readonly settings?: readonly Setting[];
  readonly javascript?: string;
  readonly stylesheet?: string;
};

function settingProblems(setting: Setting): readonly string[] {
  const { type, id, label, content } = setting;
  const kind = String(type);
  if (TEXTS.includes(kind)) return typeof content === "string" && content !== "" ? [] : [`${kind} without content`];
  const value = INPUTS[kind];
  if (value === undefined) return [`no such setting type: ${kind}`];
  const fallback = setting["default"];
  return [
    ...(typeof id === "string" && /^[a-z_][a-z0-9_]*$/.test(id) ? [] : [`${kind} without a usable id`]),
    ...(typeof label === "string" && label !== "" ? [] : [`${kind} without a label`]),
    ...(fallback === undefined || typeof fallback === value ? [] : [`${kind} with a default that is no ${value}`]),
  ];
}

/** What is wrong with an app embed block, in words; empty where nothing is. */
function blockProblems(liquid: string, assets: readonly string[]): readonly string[] {
  const schemas = [...liquid.matchAll(/{%-?\s*schema\s*-?%}([\s\S]*?){%-?\s*endschema\s*-?%}/g)];
  const [first, ...more] = schemas;
  if (first?.[1] === undefined || more.length > 0) return [`${schemas.length} schemas`];
  // Theme check has read the JSON; its shape is what is checked here.
  const schema = JSON.parse(first[1]) as BlockSchema;
  const { settings = [], name = "", target = "none", javascript, stylesheet } = schema;
  const ids = settings.map(({ id }) => id).filter((id) => id !== undefined);
  const named = [javascript, stylesheet].filter((file) => file !== undefined);
  return [
    ...Object.keys(schema).flatMap((key) => (KEYS.includes(key) ? [] : [`no such key: ${key}`])),
    ...(TARGETS.includes(target) ? [] : [`no such target: ${target}`]),
    ...(name.length >= 1 && name.length <= 25 ? [] : ["a name of 1 to 25 characters is needed"]),
    ...(new Set(ids).size === ids.length ? [] : ["two settings with one id"]),
    ...named.flatMap((file) => (assets.includes(file) ? [] : [`no such asset: ${file}`])),
    ...settings.flatMap(settingProblems),
    ...blockingTags(liquid),
  ];
}

/** Scripts and style sheets that the page would wait for before it shows anything. */
const blockingTags = (liquid: string): readonly string[] =>
  [...liquid.matchAll(/<script\b[^>]*>|<link\b[^>]*>|{{[^}]*(?:script_tag|stylesheet_tag)[^}]*}}/g)]
    .map(([tag]) => tag.replace(/\s+/g, " "))
    .filter((tag) => !/type="application\/json"|\s(?:async|defer)\b|rel="(?:modulepreload|preconnect)"/.test(tag))
    .map((tag) => `the page waits for ${tag}`);

const block = readFileSync(`${EMBED}/blocks/tandem-embed.liquid`, "utf8");
const filesIn = (folder: string): readonly string[] => readdirSync(join(EMBED, folder));
const bytesIn = (folder: string): number =>
  filesIn(folder).reduce((sum, file) => sum + statSync(join(EMBED, folder, file)).size, 0);

test("the app block is valid for Shopify and blocks no page", () => {
  expect(blockProblems(block, filesIn("assets"))).toEqual([]);
});

const withSchema = (change: (schema: Record<string, unknown>) => void): string =>
  block.replace(/({% schema %})([\s\S]*)({% endschema %})/, (_, open: string, json: string, close: string) => {
    const schema = JSON.parse(json) as Record<string, unknown>;
    change(schema);
    return `${open}${JSON.stringify(schema)}${close}`;
  });
const withSetting = (setting: Setting): string => withSchema((schema) => (schema["settings"] = [setting]));

test.each([
  ["no such target: section", withSchema((schema) => (schema["target"] = "section"))],
  ["no such key: class", withSchema((schema) => (schema["class"] = "tandem"))],
  ["a name of 1 to 25 characters is needed", withSchema((schema) => (schema["name"] = "Tandem, Meta pixel and more"))],
  ["no such asset: gone.js", withSchema((schema) => (schema["javascript"] = "gone.js"))],
  ["no such setting type: toggle", withSetting({ type: "toggle", id: "on", label: "On" })],
  ["paragraph without content", withSetting({ type: "paragraph" })],
  ["checkbox without a usable id", withSetting({ type: "checkbox", id: "Is on", label: "On" })],
  ["text without a label", withSetting({ type: "text", id: "note" })],
  [
    "checkbox with a default that is no boolean",
    withSetting({ type: "checkbox", id: "on", label: "On", default: "yes" }),
  ],
  ['the page waits for <script src="a.js">', `${block}<script src="a.js"></script>`],
  ["0 schemas", block.replace(/{% schema %}[\s\S]*/, "")],
])("its check would say: %s", (problem, liquid) => {
  expect(blockProblems(liquid, filesIn("assets"))).toEqual([problem]);
});

test("the extension has only file types that Shopify accepts, in flat folders, within its size limits", () => {
  const wrong = Object.entries(KINDS).flatMap(([folder, kind]) => filesIn(folder).filter((file) => !kind.test(file)));
  expect(wrong).toEqual([]);
  expect(filesIn("locales").filter((file) => /\.default\.json$/.test(file))).toHaveLength(1);
  expect(bytesIn("blocks") + bytesIn("snippets")).toBeLessThan(MOST_LIQUID);
  expect(Object.keys(KINDS).reduce((sum, folder) => sum + bytesIn(folder), 0)).toBeLessThan(MOST_OF_ALL);
});
