/** The median of several runs, and their range. */
export type Measured = {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly runs: number;
};

/** The median of at least one run. */
export function measured(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: percentile(sorted, 0.5),
    lowest: sorted[0] ?? Number.NaN,
    highest: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
}

/** The value below which this share of a sorted list lies, between neighbours where none is exactly there. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const [low = Number.NaN, high = low] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  return low + (high - low) * (position - below);
}

export const sortedCopy = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();

/** How much the second value grows for each unit of the first, by least squares; NaN for fewer than two points. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [middleX, middleY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0) / spread;
}
