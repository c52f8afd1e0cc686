import { COVERED_KEYS, type CoveredKey, type FigureSum } from "./daily-figure-types.ts";

const NOTHING: FigureSum = {
  events: 0,
  keys: { em: 0, ph: 0, fbp: 0, fbc: 0, external_id: 0, ip: 0, ua: 0 },
  value: 0,
  delays: [],
};

/** The figures of each key, summed, in the order in which the keys come. */
export function sumFigures<Figure extends FigureSum, Key>(
  figures: readonly Figure[],
  keyOf: (figure: Figure) => Key,
): ReadonlyMap<Key, FigureSum> {
  const sums = new Map<Key, FigureSum>();
  for (const figure of figures) {
    const key = keyOf(figure);
    sums.set(key, plus(sums.get(key) ?? NOTHING, figure));
  }
  return sums;
}

export const totalOf = (figures: readonly FigureSum[]): FigureSum => figures.reduce(plus, NOTHING);

const plus = (one: FigureSum, other: FigureSum): FigureSum => ({
  events: one.events + other.events,
  keys: Object.fromEntries(COVERED_KEYS.map((key) => [key, one.keys[key] + other.keys[key]])) as Record<
    CoveredKey,
    number
  >,
  value: roundedToThousandths(one.value + other.value),
  delays: Array.from(
    { length: Math.max(one.delays.length, other.delays.length) },
    (_, n) => (one.delays[n] ?? 0) + (other.delays[n] ?? 0),
  ),
});

// The database counts thousandths, so that a sum has no rounding error.
const roundedToThousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
