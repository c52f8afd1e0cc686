import { register } from "@shopify/web-pixels-extension";
import type { Sandbox } from "./sandbox.ts";
import { startPixel } from "./start-pixel.ts";

// The worker's own globals. `Sandbox` lists the few that the pixel uses, so that no others creep in.
declare const fetch: Sandbox["fetch"];
declare const setTimeout: (run: () => void, ms: number) => unknown;
declare const crypto: { readonly randomUUID: () => string };

const sandbox: Sandbox = {
  fetch: (url, options) => fetch(url, options),
  randomId: () => crypto.randomUUID(),
  random: Math.random,
  now: Date.now,
  after: (ms, run) => void setTimeout(run, ms),
};

register((api) => startPixel(api, sandbox));
