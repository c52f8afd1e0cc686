import type { CsvProblem } from "../leads/csv-mapping.ts";
import { type CsvProblemKind } from "../leads/csv-mapping.ts";
import type { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { type CsvPart, type ReadPart, readCsvPart } from "../leads/read-csv-part.server.ts";
import type { LeadName, StageOutcome } from "../leads/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import { csvLine } from "../wording/csv.ts";
import { BATCH, FINE, PREVIEWED, readRow, reportRows, type RowResult } from "./import-stages.server.ts";
import type { ReachStagesDeps } from "./reach-stages.ts";

/** So that an answer comes within seconds, whatever the rows are about. */
const MOST_ROWS = 2 * BATCH;
const MOST_SHOWN = 50;

/** What is wrong with the file itself; `detail` in English. */
export type FileProblem = { readonly kind: CsvProblemKind; readonly detail: string };

/** A row of a preview: what would be reported, or why nothing would be. */
export type PreviewedRow = { readonly line: number; readonly cells: readonly string[] } & (
  | { readonly by: LeadName["by"]; readonly stage: string; readonly at: string }
  | { readonly outcome: "invalid" | "ignored"; readonly problem: string | null }
);

export type Preview = Pick<ReadPart, "columns" | "headerBytes" | "lastLine"> & {
  readonly rows: readonly PreviewedRow[];
  /** The rows come after it. */
  readonly headerLine: number;
  readonly problem: FileProblem | null;
};

type RowToCorrect = {
  readonly line: number;
  readonly outcome: StageOutcome | "ignored";
  readonly problem: string | null;
};

export type ImportedPart = Pick<ReadPart, "readBytes" | "lastLine" | "isDone"> & {
  readonly rows: number;
  readonly outcomes: Readonly<Partial<Record<RowResult["outcome"], number>>>;
  /** The first of the rows to correct. */
  readonly shown: readonly RowToCorrect[];
  /** All of them as lines of a CSV file, each with its line break. No cell is a formula. */
  readonly correct: string;
  readonly problem: FileProblem | null;
};

/** The first rows of a file and what a mapping reads in them. Nothing is stored or sent. */
export async function previewPart(part: CsvPart, mapping: HookMapping | null, now: Date): Promise<Preview> {
  const { columns, rows, problem, headerBytes, lastLine } = await readCsvPart(part, PREVIEWED);
  const { lastLine: headerLine } = await readCsvPart(part, 0);
  const previewed = rows.map((row): PreviewedRow => {
    const { line, cells } = row;
    const read = mapping === null ? ({ row, outcome: "ignored" } as const) : readRow(row, mapping, now);
    if (!("report" in read)) return { line, cells, outcome: read.outcome, problem: read.problem ?? null };
    const { lead, stage, happenedAt } = read.report;
    return { line, cells, by: lead.by, stage, at: happenedAt.toISOString() };
  });
  return { columns, headerBytes, lastLine, headerLine, rows: previewed, problem: problemOf(problem) };
}

/**
 * Reports the rows of a part of a file, as `importStages` does those of a whole one: a part that is sent again, because
 * its answer was lost, changes nothing.
 */
export async function importPart(
  part: CsvPart,
  about: { readonly mapping: HookMapping; readonly profile: ShopProfile },
  deps: ReachStagesDeps,
): Promise<ImportedPart> {
  const { rows, readBytes, lastLine, isDone, problem } = await readCsvPart(part, MOST_ROWS);
  const results: RowResult[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    results.push(...(await reportRows(rows.slice(at, at + BATCH), about, deps)));
  }
  const outcomes: Partial<Record<RowResult["outcome"], number>> = {};
  for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const toCorrect = results.filter(({ outcome }) => !FINE.includes(outcome));
  return {
    readBytes,
    lastLine,
    isDone,
    rows: rows.length,
    outcomes,
    shown: toCorrect
      .slice(0, MOST_SHOWN)
      .map(({ row, outcome, problem: wrong }) => ({ line: row.line, outcome, problem: wrong ?? null })),
    correct: toCorrect.map(correctionOf).join(""),
    problem: problemOf(problem),
  };
}

const correctionOf = ({ row, outcome, problem }: RowResult): string =>
  `${csvLine([row.line, outcome, problem, ...row.cells])}\r\n`;

const problemOf = (problem: CsvProblem | null): FileProblem | null =>
  problem === null ? null : { kind: problem.kind, detail: problem.message };
