// Builds what runs in shoppers' browsers and holds it to its size: the web pixel as Shopify's CLI bundles it, and the
// theme embed's script into the folder that the CLI uploads. Plain JavaScript, because it runs before anything is built.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Budgets are bytes after gzip: manners, not limits. Shopify's own ceiling for a web pixel is 128 kB. */
export const TARGETS = {
  "web pixel": {
    from: "extensions/tandem-web-pixel/src/index.ts",
    to: "build/extensions/tandem-web-pixel.js",
    budget: 6144,
    // The same as `shopify app build` (@shopify/cli 4.8.2).
    target: "es6",
  },
  "theme embed": {
    from: "app/storefront/embed.ts",
    to: "extensions/tandem-theme-embed/assets/tandem-embed.js",
    budget: 4096,
    target: "es2018",
  },
  // Measured only: what both worlds share must stay small whatever is imported of it.
  "event contract": { from: "app/event-contract/*.ts", to: null, budget: 3840, target: "es2019" },
};

// The server reads what browsers write; no browser imports its reader.
const SERVER_ONLY = /parse-collector-post\.ts$/;

/** The script's text, without writing it anywhere. */
export async function bundled(name) {
  const { from, target } = TARGETS[name];
  const result = await build({
    ...(from.includes("*")
      ? { stdin: { contents: await everyExport(from), resolveDir: ROOT, loader: "ts" } }
      : { entryPoints: [join(ROOT, from)] }),
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: "iife",
    target,
    legalComments: "none",
    charset: "utf8",
    // Shopify's CLI does not read our tsconfig either, which would only add "use strict".
    tsconfigRaw: {},
    write: false,
    logLevel: "silent",
  });
  return result.outputFiles[0].text;
}

async function everyExport(pattern) {
  const folder = dirname(pattern);
  const files = (await readdir(join(ROOT, folder))).filter((file) => file.endsWith(".ts") && !SERVER_ONLY.test(file));
  return files.map((file) => `export * from "./${folder}/${file}";`).join("\n");
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
