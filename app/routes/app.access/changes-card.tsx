import { differences } from "../../access/differences.ts";
import type { Change } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { useWords } from "../../components/words-context.ts";
import { actionIn, actorIn } from "../../wording/access-words.ts";
import { changedFieldIn } from "../../wording/change-words.ts";
import { ExportButton } from "../../components/export-button.tsx";

/** Who changed what, when, from what to what. */
export function ChangesCard({
  changes,
  mayExport,
}: {
  readonly changes: readonly Change[];
  readonly mayExport: boolean;
}) {
  const words = useWords();
  return (
    <s-section heading={words.text("access.changes")}>
      <s-paragraph color="subdued">{words.text("access.changes.kept")}</s-paragraph>
      <s-unordered-list>
        {changes.map((change, index) => (
          <ChangeLine key={`${change.at.toISOString()} ${String(index)}`} change={change} />
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

function ChangeLine({ change: { at, by, subject, action, before, after } }: { readonly change: Change }) {
  const words = useWords();
  const line = { actor: actorIn(words, by), subject, action: actionIn(words, action) };
  return (
    <s-list-item>
      <LocalTime at={at} seconds />: {words.text("access.changes.line", line)}
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
