/**
 * How long a test waits for a state before it fails. A passing test does not pay for it, so it is long
 * enough for the busiest machine; there is no second, shorter one. vitest.config.ts gives it to `expect.poll`.
 */
export const PATIENCE_MS = 120_000;
