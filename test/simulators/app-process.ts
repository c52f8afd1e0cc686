import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PATIENCE_MS } from "../support/patience.ts";
import { freePort } from "../support/free-port.ts";

/** The environment of every app process in demo and tests; the secret also signs the webhooks. */
export const API_KEY = "test-api-key";
export const API_SECRET = "test-api-secret";

/** One for the life of this program: an app that is started again on the same database opens what it sealed. */
export const SEALING_KEY = newSealingKey("k1");

export function newSealingKey(id: string): string {
  return `${id}:${randomBytes(32).toString("base64")}`;
}

export type AppProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** Standard output and standard error so far. */
  readonly output: () => string;
  /** SIGKILL: no warning, no cleaning up. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and the exit code. */
  readonly stop: () => Promise<number | null>;
};

type AppOptions = {
  readonly dataDir: string;
  readonly graphUrl: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that Node loads first, such as the redirection of Shopify's hosts. */
  readonly imports?: readonly string[];
};

/** A data folder of its own, to be removed after the test. */
export async function aDataFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-test-"));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export const appEnvironment = (options: AppOptions & { port: number }): NodeJS.ProcessEnv => ({
  ...inherited(),
  NODE_ENV: "production",
  SHOPIFY_API_KEY: API_KEY,
  SHOPIFY_API_SECRET: API_SECRET,
  SHOPIFY_APP_URL: `http://localhost:${options.port}`,
  SCOPES: "read_orders,write_pixels",
  TANDEM_ENCRYPTION_KEYS: SEALING_KEY,
  TANDEM_DATA_DIR: options.dataDir,
  META_GRAPH_URL: options.graphUrl,
  PORT: String(options.port),
  // All simulated shoppers have one address.
  TANDEM_COLLECT_PER_ADDRESS: "60000",
  TANDEM_COLLECT_KB_PER_ADDRESS: "60000",
  ...options.env,
});

const inherited = (): Record<string, string> => {
  const names = ["PATH", "HOME", "TMPDIR", "SystemRoot", "NODE_COMPILE_CACHE"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
};

/** Starts the built app as `npm start` does, and waits until its database answers. */
export async function startAppProcess(options: AppOptions): Promise<AppProcess> {
  const port = options.port ?? (await freePort());
  const imports = (options.imports ?? []).flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...imports, "app/cli/start.ts"], {
    env: appEnvironment({ ...options, port }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  }
  const url = `http://127.0.0.1:${port}`;
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const end = (signal: NodeJS.Signals) => (): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  await readiness(url, child, () => output);
  return {
    url,
    child,
    output: () => output,
    kill: async () => void (await end("SIGKILL")()),
    stop: end("SIGTERM"),
  };
}

async function readiness(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the app ended with exit code ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`the app was not ready in time:\n${output()}`);
}
