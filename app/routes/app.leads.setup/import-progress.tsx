import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { useWords } from "../../components/words-context.ts";
import { csvLine } from "../../wording/csv.ts";
import { outcomeLabelIn, stageOutcomeIn } from "../../wording/lead-words.ts";
import type { Words } from "../../wording/words.ts";
import type { Progress } from "./import-file.ts";

type Props = {
  readonly file: File;
  readonly columns: readonly string[];
  readonly progress: Progress;
  readonly isDone: boolean;
};

/** How far it is, what became of the rows, and the rows to correct. */
export function ImportProgress({ file, columns, progress, isDone }: Props) {
  const words = useWords();
  const { text } = words;
  const { rows, outcomes, shown, correct, offset } = progress;
  const share = words.percent(isDone ? 1 : Math.min(offset / Math.max(file.size, 1), 1));
  return (
    <s-stack gap="base">
      <div role="status">
        <s-banner tone={isDone ? "success" : "info"} heading={text(isDone ? "leadImport.done" : "leadImport.progress")}>
          <div>{text("leadImport.count", { count: rows, share })}</div>
          {Object.entries(outcomes).map(([outcome, count]) => (
            <div key={outcome}>
              {text("leadImport.outcome", { outcome: labelIn(words, outcome as keyof typeof outcomes), count })}
            </div>
          ))}
        </s-banner>
      </div>
      {shown.length > 0 && (
        <>
          <LineTable label={text("leadImport.correct")}>
            {shown.map(({ line, outcome, problem }) => (
              <Line key={line} id={`to-correct-${line}`}>
                <LineCell label={text("leadImport.line")}>{line}</LineCell>
                <LineCell label={text("leadsPage.refused.why")}>
                  {labelIn(words, outcome)}
                  {problem !== null && `: ${problem}`}
                  {outcome !== "ignored" && <s-text color="subdued">{stageOutcomeIn(words, outcome)}</s-text>}
                </LineCell>
              </Line>
            ))}
          </LineTable>
          <div>
            <s-button onClick={() => save(correct, columns, file.name)}>{text("leadImport.download")}</s-button>
          </div>
        </>
      )}
    </s-stack>
  );
}

const labelIn = (words: Words, outcome: keyof Progress["outcomes"]): string =>
  outcome === "ignored" ? words.text("leadImport.ignored") : outcomeLabelIn(words, outcome);

function save(correct: readonly Blob[], columns: readonly string[], name: string): void {
  const header = `${csvLine(["line", "outcome", "problem", ...columns])}\r\n`;
  const url = URL.createObjectURL(new Blob([header, ...correct], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: `to-correct-${name}` }).click();
  URL.revokeObjectURL(url);
}
