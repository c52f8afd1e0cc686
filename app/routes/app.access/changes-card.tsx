import { differences } from "../../access/differences.ts";
import type { Change, SubjectFacts } from "../../access/types.ts";
import { useWords } from "../../components/words-context.ts";
import { actionIn, actorIn } from "../../wording/access-words.ts";
import { changedFieldIn } from "../../wording/change-words.ts";
import { ExportButton } from "../../components/export-button.tsx";
import { RecordLine } from "./record-line.tsx";

/** Who changed what, when, from what to what. */
export function ChangesCard({
  changes,
  facts,
  mayExport,
}: {
  readonly changes: readonly Change[];
  readonly facts: SubjectFacts;
  readonly mayExport: boolean;
}) {
  const words = useWords();
  return (
    <s-section heading={words.text("access.changes")}>
      <s-paragraph color="subdued">{words.text("access.changes.kept")}</s-paragraph>
      <s-unordered-list>
        {changes.map((change, index) => (
          <ChangeLine key={`${change.at.toISOString()} ${String(index)}`} change={change} facts={facts} />
        ))}
      </s-unordered-list>
      {mayExport && (
        <ExportButton
          url="/app/access-export?list=changes"
          file="tandem-changes.csv"
          label={words.text("access.changes.export")}
          problem={words.text("access.not-exported")}
        />
      )}
    </s-section>
  );
}

type LineProps = { readonly change: Change; readonly facts: SubjectFacts };

function ChangeLine({ change: { at, by, subject, action, before, after }, facts }: LineProps) {
  const words = useWords();
  const said = { actor: actorIn(words, by), action: actionIn(words, action) };
  return (
    <s-list-item>
      <RecordLine
        at={at}
        sentence={(about) => words.text("access.changes.line", { ...said, subject: about })}
        subject={subject}
        facts={facts}
      />
      {differences(before, after).map((difference) => {
        const changed = changedFieldIn(words, difference);
        return (
          changed && (
            <div key={difference.field}>
              {changed.label}: {changed.from} → {changed.to}
            </div>
          )
        );
      })}
    </s-list-item>
  );
}
