/**
 * What Node is told where the app runs for long. Left alone, V8's young generation grows to 134 MB under load and stays
 * there; kept small it costs hardly any processor time (docs/decisions/0032). Dockerfile says the same.
 */
export const LONG_RUNNING = [
  "--max-semi-space-size=16",
  `--import=${new URL("./keep-compiled.mjs", import.meta.url).href}`,
];
