import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PATIENCE_MS } from "./test/support/patience.ts";

// The first folder under test/ says how much of the world a test may touch. `turn`: cheap promises are checked first, so
// that a broken one is seen before a browser has started. `atOnce`: files at a time, on two cores; most of these wait, for
// a process, a page or a clock.
const FOLDERS = {
  unit: { turn: 0, atOnce: 2 },
  contract: { turn: 0, atOnce: 2 },
  database: { turn: 1, atOnce: 4 },
  integration: { turn: 1, atOnce: 4 },
  security: { turn: 1, atOnce: 4 },
  browser: { turn: 1, atOnce: 4 },
} as const;

// What Node compiles is kept for the next process, of tests and of the apps that they start.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("./.cache/compiled", import.meta.url));

// On its first run vitest begins with the longest files, for want of times. These are short, and take the longest.
const LONG =
  /test\/(?:integration\/(?:chaos|crash|tenants|graceful-stop|blocked-pixel)|database\/delivery|browser\/(?:one-purchase|embedded-admin|storefront-(?:events|trouble|consent)))\.test/;

/** Begins with what takes longest, so that nothing long is left to run alone at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    const isLong = ({ moduleId }: TestSpecification): number => Number(LONG.test(moduleId));
    return (await super.sort(files)).sort((a, b) => turn(a) - turn(b) || isLong(b) - isLong(a));
  }
}

export default defineConfig({
  test: {
    // Files run in processes of their own, because PGlite and Chromium cannot share one.
    pool: "forks",
    reporters: process.env["CI"] === undefined ? ["default"] : ["default", "github-actions"],
    sequence: { sequencer: LongFirst },
    projects: Object.entries(FOLDERS).map(([folder, { turn, atOnce }]) => ({
      extends: true as const,
      test: {
        name: folder,
        include: [`test/${folder}/**/*.test.{ts,tsx}`],
        environment: "node",
        setupFiles: ["test/support/no-stray-console.ts"],
        expect: { poll: { timeout: PATIENCE_MS, interval: 50 } },
        // A test waits for several states, one after the other, and each of them names itself when it never comes.
        testTimeout: PATIENCE_MS * 3,
        hookTimeout: PATIENCE_MS * 3,
        // A stopped app gets time to give its claims back and to end its child processes.
        teardownTimeout: 20_000,
        unstubEnvs: true,
        restoreMocks: true,
        maxWorkers: atOnce,
        sequence: { groupOrder: turn },
      },
    })),
  },
});
