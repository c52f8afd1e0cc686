import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { CSV_ENCODINGS, CSV_MAPPING, CsvProblem } from "../leads/csv-mapping.ts";
import { HookMapping } from "../leads/hooks/mapping-schema.ts";
import {
  type CsvFile,
  FINE,
  importStages,
  previewStages,
  type RowResult,
  rowsToCorrect,
} from "../pipeline/import-stages.server.ts";
import type { ReachStagesDeps } from "../pipeline/reach-stages.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import type { ShopProfile } from "../settings/types.ts";
import { ENGLISH } from "../wording/english.ts";
import { problemsIn } from "../wording/field-problem-words.ts";
import { type Answer, knownShop, refused } from "./shop-answer.ts";
import type { ShopOptions } from "./shop-options.ts";

type Ports = { readonly settings: Pick<SettingsStore, "profile">; readonly reachStages: ReachStagesDeps };

// Enough to correct by hand; a file with more mistakes has one that repeats.
const MOST_TO_CORRECT = 10_000;

/** Reports the rows of a CSV file, or shows the first ones. */
export async function importFile(values: ShopOptions, ports: Ports): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  if (!profile.installed) {
    return refused(
      "shop",
      `${profile.shop} has uninstalled the app, so nothing may be sent for it; install it again first`,
    );
  }
  const file = fileFrom(values);
  if ("kind" in file) return file;
  try {
    return values.preview === true
      ? await preview(file, ports.reachStages.now())
      : await imported(file, { profile, errors: values.errors }, ports.reachStages);
  } catch (error) {
    return unreadable(error);
  }
}

/** A file that is not there, or is no CSV; anything else is thrown on. */
function unreadable(error: unknown): Answer {
  if (error instanceof CsvProblem || (error instanceof Error && "syscall" in error)) {
    return refused("file", error.message);
  }
  throw error;
}

function fileFrom({ file, encoding, mapping }: ShopOptions): CsvFile | Answer {
  const known = CSV_ENCODINGS.find((name) => name === encoding);
  if (file === undefined || file === "") return refused("file", "say which CSV file");
  if (encoding !== undefined && known === undefined) {
    return refused("encoding", `use one of ${CSV_ENCODINGS.join(", ")}`);
  }
  const read = mapping === undefined ? CSV_MAPPING : mappingFrom(mapping);
  if (read === null) return refused("mapping", "this is no mapping; docs/leads.md has examples");
  return { bytes: createReadStream(file), mapping: read, encoding: known };
}

function mappingFrom(text: string): HookMapping | null {
  try {
    return HookMapping.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function preview(file: CsvFile, now: Date): Promise<Answer> {
  const rows = (await previewStages(file, now)).map((read) =>
    "report" in read
      ? {
          line: read.row.line,
          lead: read.report.lead,
          stage: read.report.stage,
          at: read.report.happenedAt.toISOString(),
        }
      : { line: read.row.line, outcome: read.outcome, problem: problemsIn(ENGLISH, read.problems ?? []) },
  );
  return { kind: "done", facts: { rows }, text: rows.map((row) => JSON.stringify(row)).join("\n") };
}

type Target = { readonly profile: ShopProfile; readonly errors: string | undefined };

async function imported(file: CsvFile, { profile, errors }: Target, deps: ReachStagesDeps): Promise<Answer> {
  const outcomes: Record<string, number> = {};
  const toCorrect: RowResult[] = [];
  for await (const result of importStages(file, profile, deps)) {
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
    if (!FINE.includes(result.outcome) && toCorrect.length < MOST_TO_CORRECT) toCorrect.push(result);
  }
  if (errors !== undefined) await writeFile(errors, rowsToCorrect(toCorrect));
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${outcome}: ${count}`);
  const first = toCorrect.slice(0, 20).map(({ row, outcome, problems = [] }) => ({
    line: row.line,
    outcome,
    problem: problemsIn(ENGLISH, problems),
  }));
  const lines = first.map(({ line, outcome, problem }) => `line ${line}: ${outcome}${problem ? ` (${problem})` : ""}`);
  return {
    kind: "done",
    facts: { shop: profile.shop, outcomes, toCorrect: first },
    text: [`${profile.shop}: ${counts.join(", ") || "no row"}`, ...lines].join("\n"),
  };
}
