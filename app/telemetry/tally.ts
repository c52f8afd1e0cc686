import type { Attributes } from "@opentelemetry/api";

/** How often each combination of labels was seen. */
export type Tally = {
  readonly add: (values: readonly string[], by?: number) => void;
  readonly each: (tell: (count: number, labels: Attributes) => void) => void;
};

// A label that has many values after all must not fill the memory of this process and of Prometheus.
const MOST = 500;
const REST = "other";

type Entry = { readonly labels: Attributes; count: number };

/**
 * Counts in a map of its own, which is read when somebody scrapes: OpenTelemetry's counter looks its labels up by
 * writing them as JSON each time, and there are several counts to one webhook. `values` are in the order of `names`.
 */
export function tally(names: readonly string[]): Tally {
  const entries = new Map<string, Entry>();
  const entryOf = (values: readonly string[]): Entry => {
    const key = values.join("\n");
    const known = entries.get(key);
    if (known) return known;
    const labels = Object.fromEntries(names.map((name, at) => [name, entries.size < MOST ? (values[at] ?? "") : REST]));
    const kept = entries.size < MOST ? key : REST;
    const entry = entries.get(kept) ?? { labels, count: 0 };
    entries.set(kept, entry);
    return entry;
  };
  // A count without labels is shown from the start, as a 0 that can be seen to grow.
  if (names.length === 0) entryOf([]);
  return {
    add: (values, by = 1) => {
      entryOf(values).count += by;
    },
    each: (tell) => {
      for (const { count, labels } of entries.values()) tell(count, labels);
    },
  };
}
