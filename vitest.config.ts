import { defineConfig } from "vitest/config";

// The first folder under test/ says how much of the world a test may touch, and so how long it may take (milliseconds).
const PATIENCE = { core: 20_000, contract: 20_000, store: 60_000, http: 60_000, browser: 120_000 } as const;

export default defineConfig({
  test: {
    // Two cores are enough. Files run in processes of their own, because PGlite and Chromium cannot share one.
    pool: "forks",
    maxWorkers: 2,
    reporters: process.env["CI"] === undefined ? ["default"] : ["default", "github-actions"],
    projects: Object.entries(PATIENCE).map(([folder, patience], order) => ({
      extends: true as const,
      test: {
        name: folder,
        include: [`test/${folder}/**/*.test.{ts,tsx}`],
        environment: "node",
        setupFiles: ["test/no-stray-console.ts"],
        testTimeout: patience,
        hookTimeout: Math.max(patience, 60_000),
        // A stopped app gets time to give its claims back and to end its child processes.
        teardownTimeout: 20_000,
        unstubEnvs: true,
        restoreMocks: true,
        // Cheap promises are checked first, so that a broken one is seen before a browser has started.
        sequence: { groupOrder: order },
      },
    })),
  },
});
