import { Line, LineCell, LineTable } from "../../components/line-table.tsx";
import { useWords } from "../../components/words-context.ts";
import { correctionHeaderIn, rowAdviceIn, rowOutcomeIn } from "./correction.ts";
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
              {text("leadImport.outcome", { outcome: rowOutcomeIn(words, outcome as keyof typeof outcomes), count })}
            </div>
          ))}
        </s-banner>
      </div>
      {shown.length > 0 && (
        <>
          <LineTable label={text("leadImport.correct")}>
            {shown.map((row) => (
              <Line key={row.line} id={`to-correct-${row.line}`}>
                <LineCell label={text("leadImport.line")}>{row.line}</LineCell>
                <LineCell label={text("leadsPage.refused.why")}>
                  <s-stack gap="small-300">
                    <s-text>{rowOutcomeIn(words, row.outcome)}</s-text>
                    <s-text color="subdued">{rowAdviceIn(words, row)}</s-text>
                  </s-stack>
                </LineCell>
              </Line>
            ))}
          </LineTable>
          <div>
            <s-button onClick={() => save(correct, correctionHeaderIn(words, columns), file.name)}>
              {text("leadImport.download")}
            </s-button>
          </div>
        </>
      )}
    </s-stack>
  );
}

function save(correct: readonly Blob[], header: string, name: string): void {
  const url = URL.createObjectURL(new Blob([header, ...correct], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: `to-correct-${name}` }).click();
  URL.revokeObjectURL(url);
}
