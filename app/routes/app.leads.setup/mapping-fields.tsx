import { errorsAt } from "../../components/field-problems.tsx";
import { useWords } from "../../components/words-context.ts";
import type { TriedItem } from "../../pipeline/try-mapping.ts";
import type { FieldProblem } from "../../settings/types.ts";
import { problemsIn } from "../../wording/field-problem-words.ts";
import type { Words } from "../../wording/words.ts";

type Props = {
  readonly mapping: string;
  readonly problems: readonly FieldProblem[];
  readonly tried: readonly TriedItem[] | null;
};

/** Where in the CRM's data a report is, and an example to try that on. */
export function MappingFields({ mapping, problems, tried }: Props) {
  const words = useWords();
  const { text } = words;
  return (
    <>
      <s-text-area
        label={text("leadSetup.hooks.mapping")}
        name="mapping"
        value={mapping}
        rows={4}
        {...errorsAt(words, problems, "mapping")}
      />
      <s-text-area
        label={text("leadSetup.hooks.example")}
        details={text("leadSetup.hooks.example.details")}
        name="example"
        rows={4}
        {...errorsAt(words, problems, "example")}
      />
      {tried !== null && (
        <div role="status">
          <s-banner tone="info" heading={text("leadSetup.tried")}>
            {tried.map((item, n) => (
              <p key={`${n} ${item.kind}`} style={{ overflowWrap: "anywhere" }}>
                <code>{triedIn(words, item)}</code>
              </p>
            ))}
          </s-banner>
        </div>
      )}
    </>
  );
}

function triedIn(words: Words, item: TriedItem): string {
  const { text } = words;
  switch (item.kind) {
    case "report":
      return JSON.stringify(item.stated);
    case "ignored":
      return text("leadSetup.tried.ignored");
    case "problem":
      return text("leadSetup.tried.problem", { problem: problemsIn(words, item.problems) });
  }
}
