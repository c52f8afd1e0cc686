import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { LongText } from "../../components/long-text.tsx";
import { useWords } from "../../components/words-context.ts";
import type { Preview, PreviewedRow } from "../../pipeline/import-part.server.ts";
import { problemsIn } from "../../wording/field-problem-words.ts";
import { namedByIn } from "../../wording/lead-words.ts";
import type { Words } from "../../wording/words.ts";

type Props = { readonly preview: Preview; readonly isRead: boolean };

/** The first rows as they are, and what is read in them. */
export function PreviewTable({ preview: { rows }, isRead }: Props) {
  const words = useWords();
  const { text } = words;
  return (
    <LineTable label={text("leadImport.rows")}>
      {rows.map((row) => (
        <Line key={row.line} id={String(row.line)}>
          <LineCell label={text("leadImport.line")}>{row.line}</LineCell>
          <LineCell label={text("leadImport.cells")}>
            <LongText>{row.cells.join(" · ")}</LongText>
          </LineCell>
          {isRead && <LineCell label={text("leadImport.read")}>{readIn(words, row)}</LineCell>}
        </Line>
      ))}
    </LineTable>
  );
}

function readIn(words: Words, row: PreviewedRow): string {
  if ("by" in row) {
    const { by, stage, at } = row;
    return words.text("leadImport.read.report", { by: namedByIn(words, by), stage, at: words.time(new Date(at)) });
  }
  return row.outcome === "ignored"
    ? words.text("leadImport.read.ignored")
    : words.text("leadImport.read.invalid", { problem: problemsIn(words, row.problems) });
}
