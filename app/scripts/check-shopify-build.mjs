// Asks Shopify's own command line whether it takes shopify.app.toml and the extensions, and whether its web pixel and its
// order block are the ones we test. It needs no login and no Shopify account, but npm fetches the CLI the first time (about 400 packages).
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundled } from "./build-extensions.mjs";

const CLI = "@shopify/cli@4.8.2";
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Where the CLI puts the scripts that it bundles. */
const BUILT = {
  "web pixel": "tandem-web-pixel/dist/tandem-web-pixel.js",
  "order block": "order-block/dist/tandem-order-block.js",
};
/** The CLI makes source maps of UI extensions, and names them at the end. */
const SOURCE_MAP = /\/\/# sourceMappingURL=\S+\n$/;
const HELP = `Usage: npm run validate:shopify

Runs "shopify app build" (${CLI}, offline once npm has it) over a copy of the app.
Exit code 0: Shopify's CLI accepts the configuration, and its scripts are byte for byte ours. 1: it does not.
SHOPIFY_CLI names an installed "shopify" command to use instead of npx.`;

/** Runs the check and gives what is wrong with the build, or null. The CLI writes beside its sources, hence the copy. */
async function problemOfBuild() {
  const folder = await mkdtemp(join(tmpdir(), "tandem-shopify-"));
  try {
    for (const part of ["shopify.app.toml", "package.json", "extensions", "app/browser", "app/event-contract"]) {
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    }
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const [command, ...before] = process.env.SHOPIFY_CLI ? [process.env.SHOPIFY_CLI] : ["npx", "-y", CLI];
    const built = spawnSync(
      command,
      [...before, "app", "build", "--path", folder, "--skip-dependencies-installation"],
      {
        cwd: folder,
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          // The CLI needs Node 22.12: the one that runs this.
          PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
          CI: "1",
          SHOPIFY_CLI_NO_ANALYTICS: "1",
          OPT_OUT_INSTRUMENTATION: "1",
        },
      },
    );
    if (built.error) return `${command} did not start: ${built.error.message}`;
    if (built.status !== 0) return "Shopify's CLI refused the app, see above.";
    for (const [name, file] of Object.entries(BUILT)) {
      const theirs = await readFile(join(folder, "extensions", file), "utf8");
      if (theirs.replace(SOURCE_MAP, "") !== (await bundled(name))) {
        return `Shopify's CLI bundles another ${name} than app/scripts/build-extensions.mjs.`;
      }
    }
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv.includes("--help")) {
  process.stdout.write(`${HELP}\n`);
} else {
  const problem = await problemOfBuild();
  process.stderr.write(`${problem ?? "Shopify's CLI accepts the app and bundles the scripts that the tests run."}\n`);
  process.exitCode = problem === null ? 0 : 1;
}
