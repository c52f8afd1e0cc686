import process from "node:process";
import { parseArgs } from "node:util";
import { machine, sectionTable, targetTable, type TimedResult } from "./bench/report.ts";
import type { Bench, Target } from "./bench/section.ts";
import { SECTIONS } from "./bench/sections.ts";

const HELP = `Usage: npm run bench -- [section ...] [--quick] [--json] [--minutes N] [--rows N]

What the app costs, beside what a user would pick instead, in one run on this machine.
Sections: ${Object.keys(SECTIONS).join(", ")}; all of them where none is named.

  --quick      smaller loads and three runs instead of five; the figures scatter more
  --json       one object on stdout instead of tables: machine, sections, targets
  --minutes N  how long the section memory watches, such as 10; one minute, or a quarter of one with --quick
  --rows N     how many storefront events the longer ledger of the section events has; 10,000,000 (some 12 GB of disk),
               or 1,000,000 with --quick; of the section migrations 1,000,000, or 100,000 with --quick; how many events
               the shop of the section admin has; 1,000,000, or 50,000 with --quick

Each figure is the median of five runs after a warm-up, with the lowest and the highest beside it. It needs nothing but
the development packages; PostgreSQL comes from npm, or is the server that TEST_DATABASE_URL names.
Exit codes: 0 everything acknowledged arrived, whatever the targets say; 1 something was lost or came twice; 2 bad usage.
`;

const RUNS = 5;
const QUICK_RUNS = 3;

type Finished = { readonly sections: Record<string, TimedResult>; readonly targets: Record<string, Target> };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean" },
      json: { type: "boolean" },
      minutes: { type: "string" },
      rows: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) {
    process.stderr.write(`There is no section ${unknown.join(", ")}. Sections: ${Object.keys(SECTIONS).join(", ")}.\n`);
    return 2;
  }
  const [minutes, rows] = [numberOf(values.minutes), numberOf(values.rows)];
  if (minutes === "no number" || rows === "no number") {
    process.stderr.write(`--minutes and --rows want a number above zero, such as 10.\n`);
    return 2;
  }
  return measure(positionals, { quick: values.quick === true, json: values.json === true, minutes, rows });
}

function numberOf(given: string | undefined): number | undefined | "no number" {
  if (given === undefined) return undefined;
  return Number(given) > 0 ? Number(given) : "no number";
}

type BenchOptions = Pick<Bench, "quick" | "minutes" | "rows"> & { readonly json: boolean };

async function measure(names: readonly string[], { quick, json, minutes, rows }: BenchOptions): Promise<number> {
  const on = machine();
  const gone = stopwatch();
  const finished = await measureAll(names, {
    quick,
    runs: quick ? QUICK_RUNS : RUNS,
    minutes,
    rows,
    count: (full, smaller) => (quick ? smaller : full),
    say: (line) => void process.stderr.write(`${minutesAndSeconds(gone())} ${line}\n`),
    show: (result) => (json ? undefined : process.stdout.write(`${sectionTable(result)}\n`)),
  });
  const { sections, targets } = finished;
  if (json) process.stdout.write(`${JSON.stringify({ machine: on, quick, sections, targets })}\n`);
  else {
    process.stdout.write(
      `${targetTable(targets)}\n\n${machineLine(on)}, ${minutesAndSeconds(gone())} minutes in all\n`,
    );
  }
  return Object.values(sections).some((section) => section.faults.length > 0) ? 1 : 0;
}

type Showing = Bench & { readonly show: (result: TimedResult) => unknown };

async function measureAll(names: readonly string[], bench: Showing): Promise<Finished> {
  const finished: Finished = { sections: {}, targets: {} };
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const took = stopwatch();
    const measured = await section(bench);
    const result = { ...measured, seconds: took() };
    bench.show(result);
    finished.sections[name] = result;
    Object.assign(finished.targets, result.targets);
  }
  return finished;
}

/** Seconds since it was started. */
function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1_000;
}

const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const machineLine = (on: ReturnType<typeof machine>): string =>
  `${on.cores} cores (${on.cpu}), ${on.memoryGiB} GiB, Node ${on.node}, ${on.commit}, load at the start ${on.loadAtStart}`;

try {
  // Exits explicitly, because PostgreSQL's keeper holds a socket of this process open.
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
