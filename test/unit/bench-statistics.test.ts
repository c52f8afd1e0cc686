import { describe, expect, test } from "vitest";
import { atLeast, atMost, figuresOf, medianOf, repeated } from "../programs/bench/section.ts";
import { measured, percentile, slope } from "../programs/bench/statistics.ts";

describe("the benchmark", () => {
  test("gives the median of its runs, whatever their order, and their spread", () => {
    expect(measured([30, 10, 20])).toEqual({ median: 20, lowest: 10, highest: 30, runs: 3 });
    expect(measured([1, 2, 3, 4]).median).toBe(2.5);
  });

  test("interpolates a percentile between neighbors", () => {
    const sorted = Float64Array.from({ length: 101 }, (_, n) => n);
    expect(percentile(sorted, 0.99)).toBe(99);
    expect(percentile([10, 20], 0.25)).toBe(12.5);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test("distinguishes growth from scatter", () => {
    expect(
      slope([
        [0, 10],
        [1, 12],
        [2, 14],
      ]),
    ).toBeCloseTo(2);
    expect(
      slope([
        [0, 5],
        [1, 7],
        [2, 7],
        [3, 5],
      ]),
    ).toBeCloseTo(0);
    expect(slope([])).toBeNaN();
  });

  test("leaves the warm-up out", async () => {
    const runs: number[] = [];
    const results = await repeated(3, async (run) => runs.push(run));
    expect(runs).toEqual([0, 1, 2, 3]);
    expect(results).toHaveLength(3);
  });

  test("compares a figure with its goal in the right direction, and a missing figure meets none", () => {
    expect(atLeast(4, 3.9, "times").met).toBe(false);
    expect(atMost(40, 40, "ms").met).toBe(true);
    const rows = [{ name: "one", figures: figuresOf([{ ms: 7 }], ["ms"]) }];
    expect(medianOf(rows, 0, "ms")).toBe(7);
    expect(atMost(40, medianOf(rows, 1, "ms"), "ms").met).toBe(false);
  });
});
