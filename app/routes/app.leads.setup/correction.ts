import type { RowToCorrect } from "../../pipeline/import-part.server.ts";
import { csvLine } from "../../wording/csv.ts";
import { problemsIn } from "../../wording/field-problem-words.ts";
import { outcomeLabelIn, stageOutcomeIn } from "../../wording/lead-words.ts";
import type { Words } from "../../wording/words.ts";

export const rowOutcomeIn = (words: Words, outcome: RowToCorrect["outcome"]): string =>
  outcome === "ignored" ? words.text("leadImport.ignored") : outcomeLabelIn(words, outcome);

/** What to do about a row. */
export const rowAdviceIn = (words: Words, { outcome, problems }: Pick<RowToCorrect, "outcome" | "problems">): string =>
  outcome === "ignored" || problems.length > 0 ? problemsIn(words, problems) : stageOutcomeIn(words, outcome);

/** A row to correct as a line of a CSV file, with its end; no cell is a formula. */
export const correctionIn = (words: Words, row: RowToCorrect): string =>
  `${csvLine([row.line, rowOutcomeIn(words, row.outcome), rowAdviceIn(words, row), ...row.cells])}\r\n`;

export const correctionHeaderIn = ({ text }: Words, columns: readonly string[]): string =>
  `${csvLine([text("leadImport.line"), text("leadImport.correct.outcome"), text("leadImport.correct.advice"), ...columns])}\r\n`;
