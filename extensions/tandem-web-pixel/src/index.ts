import { register } from "@shopify/web-pixels-extension";
import type { Sandbox } from "./sandbox.ts";
import { startPixel } from "./start-pixel.ts";

// The worker's own globals. `Sandbox` lists the few that the pixel uses, so that no others creep in.
const worker = globalThis as unknown as {
  readonly fetch: Sandbox["fetch"];
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly crypto: { readonly randomUUID: () => string };
};

const sandbox: Sandbox = {
  fetch: (url, options) => worker.fetch(url, options),
  randomId: () => worker.crypto.randomUUID(),
  random: Math.random,
  now: Date.now,
  after: (ms, run) => void worker.setTimeout(run, ms),
};

register((api) => startPixel(api, sandbox));
