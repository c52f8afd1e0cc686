// Builds what runs in shoppers' browsers and holds it to its size: the web pixel as Shopify's CLI bundles it, and the
// theme embed's script into the folder that the CLI uploads. Plain JavaScript, because it runs before anything is built.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

const CONTRACT = "app/event-contract";
const BROWSER_SOURCES = ["extensions/tandem-web-pixel/src", "app/theme-embed", "app/browser"];

/** Budgets are bytes after gzip: manners, not limits. Shopify's own ceiling for a web pixel is 128 kB. */
export const TARGETS = {
  "web pixel": {
    from: "extensions/tandem-web-pixel/src/index.ts",
    to: "build/extensions/tandem-web-pixel.js",
    budget: 6144,
    // The same as `shopify app build` (@shopify/cli 4.8.2).
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
export const sourcesOf = async (name) => Object.keys((await bundle(name)).metafile.inputs);

async function bundle(name) {
  const { from, target, format = "iife" } = TARGETS[name];
  return build({
    ...(from === CONTRACT
      ? { stdin: { contents: await contractOfBrowsers(), resolveDir: ROOT, loader: "ts" } }
      : { entryPoints: [join(ROOT, from)] }),
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
  for (const [name, { to, budget }] of Object.entries(TARGETS)) {
    const text = await bundled(name);
    const gzip = gzipSync(text, { level: 9 }).length;
    over += gzip > budget ? 1 : 0;
    process.stderr.write(
      `${name}: ${Buffer.byteLength(text)} B, ${gzip} B gzip of ${budget}${gzip > budget ? " OVER BUDGET" : ""}\n`,
    );
    if (to === null) continue;
    await mkdir(dirname(join(ROOT, to)), { recursive: true });
    await writeFile(join(ROOT, to), text);
  }
  process.exitCode = over > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
