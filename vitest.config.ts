import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// The first folder under test/ says how much of the world a test may touch. `ms` is how long it may take; `turn`: cheap
// promises are checked first, so that a broken one is seen before a browser has started; `atOnce`: files at a time, on
// two cores. Those that mostly wait, for a process or for a clock, share them with one more.
const FOLDERS = {
  unit: { ms: 20_000, turn: 0, atOnce: 2 },
  contract: { ms: 20_000, turn: 0, atOnce: 2 },
  database: { ms: 120_000, turn: 1, atOnce: 3 },
  integration: { ms: 120_000, turn: 1, atOnce: 3 },
  browser: { ms: 120_000, turn: 2, atOnce: 2 },
} as const;

// On its first run vitest begins with the longest files, for want of times. These are short, and take the longest.
const LONG =
  /test\/(?:integration\/(?:chaos|crash|tenants|graceful-stop|blocked-pixel)|database\/delivery|browser\/(?:one-purchase|embedded-admin))\.test/;

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
    projects: Object.entries(FOLDERS).map(([folder, { ms, turn, atOnce }]) => ({
      extends: true as const,
      test: {
        name: folder,
        include: [`test/${folder}/**/*.test.{ts,tsx}`],
        environment: "node",
        setupFiles: ["test/support/no-stray-console.ts"],
        testTimeout: ms,
        hookTimeout: Math.max(ms, 60_000),
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
