import type { CsvProblem } from "../leads/csv-mapping.ts";
import { type CsvProblemKind } from "../leads/csv-mapping.ts";
import type { HookMapping } from "../leads/hooks/mapping-schema.ts";
import { type CsvPart, type ReadPart, readCsvPart } from "../leads/read-csv-part.server.ts";
import type { LeadName, StageOutcome } from "../leads/types.ts";
import type { ShopProfile } from "../settings/types.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { BATCH, FINE, PREVIEWED, readRow, reportRows, type RowResult } from "./import-stages.server.ts";
import type { ReachStagesDeps } from "./reach-stages.ts";

/** So that an answer comes within seconds, whatever the rows are about. */
const MOST_ROWS = 2 * BATCH;

/** What is wrong with the file itself. */
export type FileProblem = { readonly kind: CsvProblemKind };

/** A row of a preview: what would be reported, or why nothing would be. */
export type PreviewedRow = { readonly line: number; readonly cells: readonly string[] } & (
  | { readonly by: LeadName["by"]; readonly stage: string; readonly at: string }
  | { readonly outcome: "invalid" | "ignored"; readonly problems: readonly Problem[] }
);

export type Preview = Pick<ReadPart, "columns" | "headerBytes" | "lastLine"> & {
  readonly rows: readonly PreviewedRow[];
  /** The rows come after it. */
  readonly headerLine: number;
  readonly problem: FileProblem | null;
};

export type RowToCorrect = {
  readonly line: number;
  readonly outcome: StageOutcome | "ignored";
  readonly problems: readonly Problem[];
  readonly cells: readonly string[];
};

export type ImportedPart = Pick<ReadPart, "readBytes" | "lastLine" | "isDone"> & {
  readonly rows: number;
  readonly outcomes: Readonly<Partial<Record<RowResult["outcome"], number>>>;
  /** As they were, each with what became of it. */
  readonly toCorrect: readonly RowToCorrect[];
  readonly problem: FileProblem | null;
};

/** The first rows of a file and what a mapping reads in them. Nothing is stored or sent. */
export async function previewPart(part: CsvPart, mapping: HookMapping | null, now: Date): Promise<Preview> {
  const { columns, rows, problem, headerBytes, lastLine } = await readCsvPart(part, PREVIEWED);
  const { lastLine: headerLine } = await readCsvPart(part, 0);
  const previewed = rows.map((row): PreviewedRow => {
    const { line, cells } = row;
    const read = mapping === null ? ({ row, outcome: "ignored" } as const) : readRow(row, mapping, now);
    if (!("report" in read)) return { line, cells, outcome: read.outcome, problems: read.problems ?? [] };
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
    toCorrect: toCorrect.map(({ row, outcome, problems = [] }) => ({
      line: row.line,
      outcome,
      problems,
      cells: row.cells,
    })),
    problem: problemOf(problem),
  };
}

const problemOf = (problem: CsvProblem | null): FileProblem | null =>
  problem === null ? null : { kind: problem.kind };
