import type { Attributes } from "@opentelemetry/api";

/** Counts by combination of labels. */
export type Tally = {
  readonly add: (values: readonly string[], by?: number) => void;
  readonly forEach: (read: (count: number, labels: Attributes) => void) => void;
};

// A label with unexpectedly many values must not fill the memory of this process and of Prometheus.
const MOST = 500;
const REST = "other";

type Entry = { readonly labels: Attributes; count: number };

/**
 * Counts in a map that is read at each scrape: OpenTelemetry's counter serializes its labels to JSON on every count,
 * and one webhook makes several counts. `values` are in the order of `names`.
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
  // A counter without labels starts at 0, so that Prometheus sees its first increase.
  if (names.length === 0) entryOf([]);
  return {
    add: (values, by = 1) => {
      entryOf(values).count += by;
    },
    forEach: (read) => {
      for (const { count, labels } of entries.values()) read(count, labels);
    },
  };
}
