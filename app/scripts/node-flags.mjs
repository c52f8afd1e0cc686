/**
 * What Node is told where the app runs for long. Left alone, V8's young generation grows to 134 MB under load and stays
 * there; kept small it costs hardly any processor time (docs/decisions/0032). The old one grows by minutes and hundreds of
 * megabytes before it is collected, though 50 are alive: it is collected once it is 60 per cent over what was alive
 * (docs/performance.md). Dockerfile says the same.
 */
export const LONG_RUNNING = [
  "--max-semi-space-size=16",
  "--heap-growing-percent=60",
  `--import=${new URL("./keep-compiled.mjs", import.meta.url).href}`,
];
