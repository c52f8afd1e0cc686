/**
 * Upper bounds, in seconds, of the buckets in which a day's delays are counted: from the event to the end of its
 * deliveries. One more bucket holds what took longer. The database's function `figure_delay` has the same bounds.
 */
export const DELAY_BOUNDS_S = [1, 2, 5, 10, 20, 30, 60, 90, 120, 300, 900, 3_600, 21_600, 86_400] as const;

// For what took longer than the last bound: the 7 days for which Meta accepts an event.
const LONGEST_S = 604_800;

/**
 * Seconds within which half of the events arrived, as if those of a bucket were spread evenly over it; null without
 * any.
 */
export function medianDelay_s(delays: readonly number[]): number | null {
  const half = delays.reduce((sum, count) => sum + count, 0) / 2;
  if (half <= 0) return null;
  let before = 0;
  for (const [n, count] of delays.entries()) {
    if (count > 0 && before + count >= half) {
      const from = DELAY_BOUNDS_S[n - 1] ?? 0;
      const until = DELAY_BOUNDS_S[n] ?? LONGEST_S;
      return from + ((until - from) * (half - before)) / count;
    }
    before += count;
  }
  return null;
}
