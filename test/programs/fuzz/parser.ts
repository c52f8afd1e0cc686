import type fc from "fast-check";

/** One parser under fuzzing. A check throws where the parser breaks its contract. */
export type FuzzedParser = {
  readonly name: string;
  /** Runs one case; asynchronous only where the parser is. */
  readonly cases: FuzzedCases;
};

export type FuzzedCases =
  | { readonly kind: "sync"; readonly property: (observe: Observe) => fc.IProperty<unknown> }
  | { readonly kind: "async"; readonly property: (observe: ObserveAsync) => fc.IAsyncProperty<unknown> };

type Check = () => void;
/** Called for every case with its input and its check. */
export type Observe = (input: unknown, check: Check) => void;
export type ObserveAsync = (input: unknown, check: () => Promise<void>) => Promise<void>;

/** What a run found about one parser. */
export type FuzzedResult = {
  readonly cases: number;
  readonly crashes: number;
  /** The slowest case, as fast as it is when it is repeated: a pause of the machine is no parser's fault. */
  readonly slowest_ms: number;
};

export type Crash = {
  readonly parser: string;
  /** What went wrong, with the shrunk input. */
  readonly problem: string;
  readonly input: string;
  /** With this seed the same case comes again. */
  readonly seed: number;
};
