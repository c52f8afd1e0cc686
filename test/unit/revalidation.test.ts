import { expect, test } from "vitest";
import { pauseAfter } from "../../app/components/use-revalidate-while.ts";

const MINUTE_MS = 60_000;

test("a page follows what is under way often at first, then for longer than Shopify and a worker's round take, and ends", () => {
  const pauses: number[] = [];
  for (let pause = pauseAfter(0); pause !== null; pause = pauseAfter(pauses.length)) pauses.push(pause);
  const whole = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(pauses[0]).toBeLessThan(2_000);
  expect(whole).toBeGreaterThan(4 * MINUTE_MS);
  expect(whole).toBeLessThan(10 * MINUTE_MS);
});
