import { CSV_MAPPING, type CsvEncoding, CsvProblem, type CsvRow } from "../leads/csv-mapping.ts";
import { mapBody } from "../leads/hooks/map-body.ts";
import type { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { readCsv } from "../leads/read-csv.server.ts";
import type { StageOutcome, StageReport } from "../leads/types.ts";
import { sha256 } from "../normalize/identity.ts";
import type { ShopProfile } from "../settings/types.ts";
import { csv } from "../wording/csv.ts";
import { ENGLISH } from "../wording/english.ts";
import { type Problem, problemsIn } from "../wording/field-problem-words.ts";
import { problem } from "../wording/problem.ts";
import { reachOneByOne } from "./reach-one-by-one.ts";
import type { ReachStagesDeps, StageResult } from "./reach-stages.ts";
import { digestOfSaid, saidByItem } from "./reports-from-request.ts";

export type CsvFile = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Absent: the columns have the API's names. */
  readonly mapping?: HookMapping | undefined;
  /** Of a file without a byte order mark; absent: UTF-8. */
  readonly encoding?: CsvEncoding | undefined;
};

/** What became of one row. `problems`: what is wrong with an invalid one. */
export type RowResult = {
  readonly row: CsvRow;
  readonly outcome: StageOutcome | "ignored";
  readonly problems?: readonly Problem[];
};

export const BATCH = 500;
export const PREVIEWED = 20;
/** What became of rows that need no correction. */
export const FINE: readonly RowResult["outcome"][] = [
  "accepted",
  "duplicate",
  "reopened",
  "disqualified-again",
  "ignored",
];

export type ReadRow =
  | { readonly row: CsvRow; readonly report: StageReport }
  | { readonly row: CsvRow; readonly outcome: "invalid" | "ignored"; readonly problems?: readonly Problem[] };

/** The first rows and what would be read in them. Nothing is stored or sent. */
export async function previewStages(file: CsvFile, now: Date): Promise<readonly ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of readCsv(file.bytes, file.encoding)) {
    rows.push(readRow(row, file.mapping ?? CSV_MAPPING, now));
    if (rows.length === PREVIEWED) break;
  }
  return rows;
}

/**
 * Reports the rows of a file, 500 at a time, and tells what became of each as it goes. A row's ID, or else its text, is
 * its key: the same file again gets the same answers, so that an import that broke off is simply repeated. Throws
 * CsvProblem where the file cannot be read further; the rows before that are done.
 */
export async function* importStages(
  file: CsvFile,
  profile: ShopProfile,
  deps: ReachStagesDeps,
): AsyncGenerator<RowResult> {
  const mapping = file.mapping ?? CSV_MAPPING;
  let batch: CsvRow[] = [];
  try {
    for await (const row of readCsv(file.bytes, file.encoding)) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield* await reportRows(batch, { mapping, profile }, deps);
      batch = [];
    }
  } catch (error) {
    if (error instanceof CsvProblem) yield* await reportRows(batch, { mapping, profile }, deps);
    throw error;
  }
  yield* await reportRows(batch, { mapping, profile }, deps);
}

/** Reports rows that are there already, at most a batch of them at once. */
export async function reportRows(
  rows: readonly CsvRow[],
  { mapping, profile }: { readonly mapping: HookMapping; readonly profile: ShopProfile },
  deps: ReachStagesDeps,
): Promise<readonly RowResult[]> {
  const batch = rows.map((row) => readRow(row, mapping, deps.now()));
  const reports = batch.flatMap((read) => ("report" in read ? [read.report] : []));
  const answers: ArrayIterator<StageResult> = (await reachOneByOne(reports, profile, deps)).values();
  return batch.map((read): RowResult => {
    if (!("report" in read)) return read;
    return { row: read.row, outcome: answers.next().value?.outcome ?? "invalid" };
  });
}

export function readRow(row: CsvRow, mapping: HookMapping, now: Date): ReadRow {
  if ("problem" in row) return { row, outcome: "invalid", problems: [row.problem] };
  const mapped = mapBody([row.record], { ...mapping, items: "" });
  const [item] = mapped.ok ? mapped.value : [];
  if (item === undefined || item.kind === "ignored") return { row, outcome: "ignored" };
  if (item.kind === "problem") return { row, outcome: "invalid", problems: [inColumns(item.problem)] };
  const read = saidByItem({ at: now.toISOString(), ...item.item });
  if (!read.ok) return { row, outcome: "invalid", problems: read.problems };
  const idempotencyKey = sha256(item.id ?? JSON.stringify(row.record));
  return { row, report: { ...read.said, source: "csv", idempotencyKey, digest: digestOfSaid(read.said) } };
}

/** A row has columns where JSON has paths. */
const inColumns = (one: Problem): Problem =>
  one.code === "item.no-stage" || one.code === "item.no-lead" || one.code === "item.no-time"
    ? problem(one.code, { path: columnsOf(String(one.values.path)) })
    : one;

const columnsOf = (pointers: string): string =>
  pointers
    .split(", ")
    .map((pointer) => pointer.slice(1).replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(", ");

/** Rows to correct, as they were, with what became of them; no cell is a formula. */
export const rowsToCorrect = (results: readonly RowResult[]): string =>
  csv(
    ["line", "outcome", "problem", "cells"],
    results.map(({ row, outcome, problems = [] }) => [row.line, outcome, problemsIn(ENGLISH, problems), ...row.cells]),
  );
