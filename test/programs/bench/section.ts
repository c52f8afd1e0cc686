import { type Measured, measured } from "./statistics.ts";

/** One thing measured: a name, and a figure under each of its section's columns. */
export type Row = { readonly name: string; readonly figures: Readonly<Record<string, Measured | number | null>> };

export type Column = { readonly key: string; readonly title: string; readonly digits: number };

export type Target = {
  readonly goal: number;
  readonly bound: "at least" | "at most";
  readonly value: number;
  readonly unit: string;
  readonly met: boolean;
};

export type SectionResult = {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly targets: Readonly<Record<string, Target>>;
  /** What was acknowledged and did not arrive, or arrived twice. Must be empty. */
  readonly faults: readonly string[];
  readonly notes: readonly string[];
};

export type Bench = {
  readonly quick: boolean;
  /** How often each thing is measured, after a warm-up. */
  readonly runs: number;
  /** The full number, or its smaller stand-in for `--quick`. */
  readonly count: (full: number, quick: number) => number;
  /** Duration of sections that observe, in seconds; undefined: the section's own default. */
  readonly minutes?: number | undefined;
  /** How long the longest ledger of storefront events is; undefined: the section's own default. */
  readonly rows?: number | undefined;
  readonly say: (line: string) => void;
};

export type Section = (bench: Bench) => Promise<SectionResult>;

export const atLeast = (goal: number, value: number, unit: string): Target => ({
  goal,
  bound: "at least",
  value,
  unit,
  met: value >= goal,
});

export const atMost = (goal: number, value: number, unit: string): Target => ({
  goal,
  bound: "at most",
  value,
  unit,
  met: value <= goal,
});

/** Repeats the same work; the first run only warms up. */
export async function repeated<Result>(runs: number, once: (run: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let run = -1; run < runs; run += 1) {
    const result = await once(run + 1);
    if (run >= 0) results.push(result);
  }
  return results;
}

/**
 * Repeats two things in turns, so that what else the machine does falls on both alike, and the rate of the first is given
 * in times the second's: the median of the turns. Of each, the first turn only warms up.
 */
export async function inTurns<Figures extends { readonly perSecond: number }>(
  runs: number,
  mine: (run: number) => Promise<Figures>,
  floor: (run: number) => Promise<Figures>,
): Promise<{ readonly mine: Figures[]; readonly floor: Figures[]; readonly rateVsFloor: number }> {
  const turns = await repeated(runs, async (run) => ({ mine: await mine(run), floor: await floor(run) }));
  return {
    mine: turns.map((turn) => turn.mine),
    floor: turns.map((turn) => turn.floor),
    rateVsFloor: measured(turns.map((turn) => turn.mine.perSecond / turn.floor.perSecond)).median,
  };
}

/** Each figure of several results, measured. */
export function figuresOf<Key extends string>(results: readonly Readonly<Record<Key, number>>[], keys: readonly Key[]) {
  return Object.fromEntries(keys.map((key) => [key, measured(results.map((result) => result[key]))])) as Readonly<
    Record<Key, Measured>
  >; // fromEntries forgets that its keys are these keys
}

/** The median of one figure of one row, by its place; NaN where it was not measured. */
export function medianOf(rows: readonly Row[], row: number, key: string): number {
  const figure = rows[row]?.figures[key];
  return typeof figure === "object" && figure !== null ? figure.median : Number.NaN;
}
