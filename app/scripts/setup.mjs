#!/usr/bin/env node
// The door of every npm script: `node app/scripts/setup.mjs <command> [args]` brings the checkout up to date and then
// becomes the command. Plain JavaScript on Node's builtins, because nothing may be installed yet.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LONG_RUNNING } from "./node-flags.mjs";
import { environment, nodeForTandem, prepare, requireNode, ROOT, say, SetupProblem } from "./prepare.mjs";

const INSTALLED = ["install", "generate"];
const BUILT = [...INSTALLED, "extensions", "build"];
const vitest = (...args) => ["node_modules/vitest/vitest.mjs", ...args];
// Node's own --env-file-if-exists remarks on stderr that there is none.
const ENV_FILE = fs.existsSync(path.join(ROOT, ".env")) ? ["--env-file=.env"] : [];
const app = (command) => [...ENV_FILE, `app/cli/${command}.ts`];

/** Programs that run the app beside the simulators. */
const program = (command) => [...ENV_FILE, `test/programs/${command}.ts`];

/** What each command needs to be there, and what Node then runs. Any other word is a file of app/cli. */
const COMMANDS = {
  setup: { needs: BUILT },
  build: { needs: BUILT },
  demo: { needs: BUILT, runs: ["test/programs/demo.ts"] },
  screenshots: { needs: BUILT, runs: ["test/programs/screenshots.ts"] },
  chaos: { needs: BUILT, runs: ["test/programs/chaos.ts"] },
  test: { needs: BUILT, runs: vitest("run") },
  bench: { needs: BUILT, runs: program("bench") },
  // Without .env: it fuzzes the reader of one.
  fuzz: { needs: INSTALLED, runs: ["test/programs/fuzz.ts"] },
  "compare-polaris": { needs: INSTALLED, runs: ["test/programs/compare-polaris.ts"] },
  dev: { needs: [...INSTALLED, "extensions"], runs: program("dev") },
  start: { needs: BUILT, runs: [...LONG_RUNNING, ...app("start")], env: { NODE_ENV: "production" } },
  worker: {
    needs: INSTALLED,
    runs: [...LONG_RUNNING, ...app("start")],
    env: { NODE_ENV: "production", TANDEM_ROLE: "worker" },
  },
};

const HELP = `Usage: node app/scripts/setup.mjs <command> [arguments]

Installs, generates and builds what is missing or out of date, then runs the command.

  setup, build        only that
  demo                the app, both simulators and one shopper (--once, --json)
  screenshots         writes every page of the admin in each state to docs/screenshots
  chaos               sells and is visited while everything breaks, then compares (--minutes, --embedded, --json)
  test [word ...]     the tests, or those whose path contains a word
  bench               measures the hot paths (bench --help lists its sections)
  fuzz                feeds every parser strange input (--cases, --seed, --parser, --json)
  compare-polaris     Polaris web components on Shopify's CDN with the package that the tests' stand-in is made of (--json)
  dev                 the app with reloading pages
  start               the built app, configured by the environment or .env
  worker              the delivery worker alone (needs a PostgreSQL server)
  <name>              app/cli/<name>.ts, for example shop or migrate
`;

async function main([name, ...args]) {
  if (name === undefined || name === "--help" || name === "help") {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name] ?? namedFile(name);
  requireNode();
  await prepare(command.needs);
  return command.runs ? become([...command.runs, ...args], command.env) : 0;
}

function namedFile(name) {
  if (/^[a-z][a-z-]*$/.test(name) && fs.existsSync(path.join(ROOT, `app/cli/${name}.ts`))) {
    return { needs: INSTALLED, runs: app(name) };
  }
  throw new SetupProblem(`There is no command "${name}". Try --help.`);
}

/** Runs the command in our place: same input and output, signals passed on, its exit code or signal is ours. */
function become(args, env = {}) {
  const quiet = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(nodeForTandem(), [...quiet, ...args], { cwd: ROOT, env: environment(env), stdio: "inherit" });
  const pass = (signal) => {
    // Ctrl+C at a terminal reaches the whole group by itself; a second one would cut a clean stop short.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
