import { inspect } from "node:util";
import vm from "node:vm";
import fc from "fast-check";
import { expectUnpolluted } from "./invariants.ts";
import type { Crash, FuzzedParser, FuzzedResult } from "./parser.ts";

/** A case that takes longer blocks everybody else's requests for as long. */
const TOO_SLOW_MS = 100;
/** Below this the clock says more about the machine than about the parser. */
const WORTH_REPEATING_MS = 10;
const REPETITIONS = 5;
const CHUNK = 500;
/** A chunk takes a second. A slow case is shrunk no longer than this: each step is as slow. */
const SHRUNK_FOR_MS = 15_000;
/** What is still running then has hung. */
const HUNG_AFTER_MS = 60_000;
/** Each crash is shrunk, which takes hundreds of cases. */
const MOST_CRASHES = 5;

export type FuzzOptions = { readonly cases: number; readonly seed: number };
export type Fuzzed = { readonly result: FuzzedResult; readonly crashes: readonly Crash[] };

/** Runs the parser's cases, in chunks of their own seeds: a crash ends its chunk, not the run. */
export async function fuzzParser(parser: FuzzedParser, { cases, seed }: FuzzOptions): Promise<Fuzzed> {
  const crashes: Crash[] = [];
  let [run, slowest_ms] = [0, 0];
  for (let chunk = 0; run < cases && crashes.length < MOST_CRASHES; chunk += 1) {
    const asked = Math.min(CHUNK, cases - run);
    const watch = startWatch();
    const problem = await chunkProblem(parser, { watch, seed: seed + chunk, numRuns: asked });
    slowest_ms = Math.max(slowest_ms, watch.slowest_ms());
    run += asked;
    if (problem) crashes.push({ parser: parser.name, seed: seed + chunk, ...problem });
  }
  return {
    result: { cases: run, crashes: crashes.length, slowest_ms: Math.round(slowest_ms * 10) / 10 },
    crashes,
  };
}

type Chunk = { readonly watch: Watch; readonly seed: number; readonly numRuns: number };
type Problem = Pick<Crash, "problem" | "input">;

async function chunkProblem({ cases }: FuzzedParser, { watch, seed, numRuns }: Chunk): Promise<Problem | null> {
  const parameters = { seed, numRuns, interruptAfterTimeLimit: SHRUNK_FOR_MS };
  try {
    const details =
      cases.kind === "sync"
        ? withinTime(() => fc.check(cases.property(watch.sync), parameters))
        : await fc.check(cases.property(watch.async), parameters);
    return details.failed ? problemOf(details) : null;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return { problem: `hangs: no answer within ${HUNG_AFTER_MS / 1000} s`, input: shown(watch.current()) };
  }
}

const problemOf = ({ counterexample, errorInstance }: fc.RunDetails<unknown>): Problem => ({
  problem: errorInstance instanceof Error ? `${errorInstance.name}: ${errorInstance.message}` : inspect(errorInstance),
  input: shown(Array.isArray(counterexample) && counterexample.length === 1 ? counterexample[0] : counterexample),
});

const LONGEST_SHOWN = 2000;

function shown(input: unknown): string {
  const text = typeof input === "string" ? JSON.stringify(input) : inspect(input, { depth: 8, maxStringLength: 500 });
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)`;
}

/** Only V8's own watchdog can end code that never returns. */
function withinTime<T>(run: () => T): T {
  const scope = globalThis as { fuzzChunk?: () => T };
  scope.fuzzChunk = run;
  try {
    // The script is the closure above, so its answer has the closure's type.
    return vm.runInThisContext("globalThis.fuzzChunk()", { timeout: HUNG_AFTER_MS }) as T;
  } finally {
    delete scope.fuzzChunk;
  }
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";

type Watch = ReturnType<typeof startWatch>;

/** Times every case, and looks afterwards whether it changed what all objects share. */
function startWatch() {
  let slowest_ms = 0;
  let current: unknown;
  const judge = (ms: number): void => {
    slowest_ms = Math.max(slowest_ms, ms);
    if (ms > TOO_SLOW_MS) throw new Error(`takes ${Math.round(ms)} ms, more than ${TOO_SLOW_MS}`);
  };
  return {
    slowest_ms: () => slowest_ms,
    current: () => current,
    sync: (input: unknown, check: () => void): void => {
      current = input;
      const from = performance.now();
      check();
      let ms = performance.now() - from;
      for (let again = 1; ms > WORTH_REPEATING_MS && again < REPETITIONS; again += 1) ms = Math.min(ms, timed(check));
      expectUnpolluted();
      judge(ms);
    },
    async: async (input: unknown, check: () => Promise<void>): Promise<void> => {
      current = input;
      const from = performance.now();
      await check();
      let ms = performance.now() - from;
      for (let again = 1; ms > WORTH_REPEATING_MS && again < REPETITIONS; again += 1) {
        ms = Math.min(ms, await timedAsync(check));
      }
      expectUnpolluted();
      judge(ms);
    },
  };
}

/*
 * A repetition counts as the lesser of time passed and processor used: on a busy machine the first grows, in a pause
 * for garbage the second. The first run has the clock alone, because reading what the process used is dearer than most
 * cases.
 */
function timed(check: () => void): number {
  const start = process.cpuUsage();
  const from = performance.now();
  check();
  return spent(from, start);
}

async function timedAsync(check: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  const from = performance.now();
  await check();
  return spent(from, start);
}

function spent(from: number, start: NodeJS.CpuUsage): number {
  const passed = performance.now() - from;
  const { user, system } = process.cpuUsage(start);
  return Math.min(passed, (user + system) / 1000);
}
