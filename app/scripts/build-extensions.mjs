// Builds what runs in browsers outside the app's pages and holds it to its size: the web pixel and the order block as
// Shopify's CLI bundles them, and the theme embed's script into the folder that the CLI uploads. Plain JavaScript, because it runs before anything is built.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

const CONTRACT = "app/event-contract";
const BROWSER_SOURCES = ["extensions/tandem-web-pixel/src", "app/theme-embed", "app/browser"];

const ORDER_BLOCK = "extensions/order-block";
// The entry that Shopify's CLI writes for a UI extension since 2025-10: it hands each target its module.
const ORDER_BLOCK_ENTRY = `import Target_0 from './src/index.tsx';shopify.extend('admin.order-details.block.render', (...args) => Target_0(...args));`;

/**
 * Budgets are bytes after gzip: manners, not limits. A `limit` is Shopify's own, of the file as it is: 128 kB for a web
 * pixel, 64 kB for a UI extension.
 */
export const TARGETS = {
  "web pixel": {
    from: "extensions/tandem-web-pixel/src/index.ts",
    to: "build/extensions/tandem-web-pixel.js",
    budget: 6144,
    limit: 131_072,
    // The same as `shopify app build` (@shopify/cli 4.8.2).
    target: "es6",
  },
  // A block on the merchant's page of an order. Most of it is Preact.
  "order block": {
    from: ORDER_BLOCK,
    to: "build/extensions/tandem-order-block.js",
    budget: 8192,
    limit: 65_536,
    target: "es6",
  },
  // The embed's four files. A page loads the first; the others come with consent, where they have something to do.
  "theme embed": {
    from: "app/theme-embed/embed.ts",
    to: "extensions/tandem-theme-embed/assets/tandem-embed.js",
    budget: 4096,
    target: "es2020",
  },
  "theme embed, report": {
    from: "app/theme-embed/report.ts",
    to: "extensions/tandem-theme-embed/assets/tandem-report.js",
    budget: 4096,
    target: "es2020",
    format: "esm",
  },
  "theme embed, cart": {
    from: "app/theme-embed/cart.ts",
    to: "extensions/tandem-theme-embed/assets/tandem-cart.js",
    budget: 4096,
    target: "es2020",
    format: "esm",
  },
  "theme embed, extras": {
    from: "app/theme-embed/extras.ts",
    to: "extensions/tandem-theme-embed/assets/tandem-extras.js",
    budget: 4096,
    target: "es2020",
    format: "esm",
  },
  // Measured only: what browsers import of what both worlds share. What the server alone imports weighs nothing there.
  "event contract": { from: CONTRACT, to: null, budget: 2560, target: "es2020", format: "esm" },
};

/** The script's text, without writing it anywhere. */
export const bundled = async (name) => (await bundle(name)).outputFiles[0].text;

/** The files that the script is made of, by their paths from the root. */
export const sourcesOf = async (name) =>
  // An entry that is a text in this file has no path.
  Object.keys((await bundle(name)).metafile.inputs).filter((source) => source !== "<stdin>");

async function bundle(name) {
  const { from, target, format = "iife" } = TARGETS[name];
  return build({
    ...(await entryOf(from)),
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    // For Chromium: compile all of it beside the page's thread, not function by function on it. A comment to others.
    ...(name.startsWith("theme embed") && { banner: { js: "//# allFunctionsCalledOnLoad" } }),
    format,
    target,
    legalComments: "none",
    charset: "utf8",
    // Shopify's CLI does not read our tsconfig either, which would only add "use strict".
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: "silent",
  });
}

/** What the bundle starts from: a file, or a text that names files. */
async function entryOf(from) {
  if (from === CONTRACT) return { stdin: { contents: await contractOfBrowsers(), resolveDir: ROOT, loader: "ts" } };
  if (from === ORDER_BLOCK) {
    return { stdin: { contents: ORDER_BLOCK_ENTRY, resolveDir: join(ROOT, from), loader: "tsx" } };
  }
  return { entryPoints: [join(ROOT, from)] };
}

/** `export { names } from "module"` for everything that browser code imports of the contract; types weigh nothing. */
async function contractOfBrowsers() {
  const names = new Map();
  for (const folder of BROWSER_SOURCES) {
    for (const file of await readdir(join(ROOT, folder))) {
      const text = await readFile(join(ROOT, folder, file), "utf8");
      for (const [, list, module] of text.matchAll(
        /^import \{([^}]*)\} from "[^"]*\/event-contract\/([\w-]+)\.ts";/gm,
      )) {
        const values = list
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name && !name.startsWith("type "));
        names.set(module, new Set([...(names.get(module) ?? []), ...values]));
      }
    }
  }
  return [...names]
    .map(([module, of]) => `export { ${[...of].join(", ")} } from "./${CONTRACT}/${module}.ts";`)
    .join("\n");
}

async function main() {
  let over = 0;
  for (const [name, { to, budget, limit = Infinity }] of Object.entries(TARGETS)) {
    const text = await bundled(name);
    const bytes = Buffer.byteLength(text);
    const gzip = gzipSync(text, { level: 9 }).length;
    const isOver = gzip > budget || bytes > limit;
    over += isOver ? 1 : 0;
    const most = limit === Infinity ? "" : ` of ${limit}`;
    process.stderr.write(`${name}: ${bytes} B${most}, ${gzip} B gzip of ${budget}${isOver ? " OVER BUDGET" : ""}\n`);
    if (to === null) continue;
    await mkdir(dirname(join(ROOT, to)), { recursive: true });
    await writeFile(join(ROOT, to), text);
  }
  process.exitCode = over > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
