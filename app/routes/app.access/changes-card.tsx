import { differences } from "../../access/differences.ts";
import type { Change } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { ACTION_WORDS, actorInWords } from "../../wording/access-words.ts";
import { ExportButton } from "./export-button.tsx";

/** Who changed what, when, from what to what. */
export function ChangesCard({
  changes,
  mayExport,
}: {
  readonly changes: readonly Change[];
  readonly mayExport: boolean;
}) {
  return (
    <s-section heading="Who changed what">
      <s-paragraph color="subdued">
        Every change of settings, pixels and roles, kept as long as the app is installed. The newest 50 are shown.
      </s-paragraph>
      <s-unordered-list>
        {changes.map((change, index) => (
          <ChangeLine key={`${change.at.toISOString()} ${String(index)}`} change={change} />
        ))}
      </s-unordered-list>
      {mayExport && <ExportButton list="changes" label="Export who changed what" />}
    </s-section>
  );
}

function ChangeLine({ change: { at, by, subject, action, before, after } }: { readonly change: Change }) {
  return (
    <s-list-item>
      <LocalTime at={at} seconds />: {actorInWords(by)}, {subject}: {ACTION_WORDS[action]}
      {differences(before, after).map(({ field, from, to }) => (
        <div key={field}>
          <code>{field}</code>: {from ?? "none"} → {to ?? "none"}
        </div>
      ))}
    </s-list-item>
  );
}
