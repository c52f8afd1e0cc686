import { format } from "node:util";
import { afterEach, beforeEach } from "vitest";

const METHODS = ["log", "info", "warn", "error", "debug"] as const;
const real = Object.fromEntries(METHODS.map((method) => [method, console[method]]));
let heard: string[] = [];

// The app logs through its logger only, so anything on the console is a forgotten print or a library's warning that
// somebody should read. A test that expects one replaces the method with a spy.
beforeEach(() => {
  heard = [];
  for (const method of METHODS) {
    console[method] = (...said: unknown[]) => {
      heard.push(`console.${method}: ${format(...said)}`);
    };
  }
});

afterEach(() => {
  Object.assign(console, real);
  if (heard.length > 0) throw new Error(`The test printed to the console.\n${heard.join("\n").slice(0, 4000)}`);
});
