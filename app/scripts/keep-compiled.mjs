// Loaded by Node before the app. What Node makes of the sources, the TypeScript's types taken out and the code compiled,
// is kept for the next start: that one then needs neither the stripper, a WebAssembly of 20 MB at work, nor the time.
import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const WRITTEN_AFTER_MS = 15_000;

// Beside the packages, where only those can write who could change the app itself. NODE_COMPILE_CACHE names another
// place. Where it cannot be written, the app runs without.
enableCompileCache(
  process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL("../../node_modules/.cache/tandem", import.meta.url)),
);
// An orderly end writes it too; a process that is killed would leave nothing to the next.
setTimeout(flushCompileCache, WRITTEN_AFTER_MS).unref();
