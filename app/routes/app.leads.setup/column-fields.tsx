import { useState } from "react";
import { useWords } from "../../components/words-context.ts";
import { COLUMN_FIELDS, guessedChoice } from "./column-choice.ts";
import type { Trouble } from "./use-import.ts";

type Props = { readonly columns: readonly string[]; readonly trouble: Trouble | null };

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 14rem), 1fr))";

/** Which column is what. Columns whose names say it are chosen. */
export function ColumnFields({ columns, trouble }: Props) {
  const { text } = useWords();
  const [guessed] = useState(() => guessedChoice(columns));
  return (
    <s-stack gap="base">
      <s-heading>{text("leadImport.columns")}</s-heading>
      <s-paragraph color="subdued">{text("leadImport.columns.text")}</s-paragraph>
      <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems="start">
        {COLUMN_FIELDS.map((field) => (
          <s-select
            key={field}
            label={text(`leadImport.column.${field}`)}
            name={field}
            value={guessed[field]}
            {...(isMissing(field, trouble) && { error: text("leadImport.column.missing") })}
          >
            <s-option value="">{text("leadImport.column.none")}</s-option>
            {columns.filter(Boolean).map((column) => (
              <s-option key={column} value={column}>
                {column}
              </s-option>
            ))}
          </s-select>
        ))}
        <s-text-field
          label={text("leadImport.offset")}
          details={text("leadImport.offset.details")}
          name="offset"
          autocomplete="off"
          {...(trouble === "bad-offset" && { error: text("leadImport.trouble.bad-offset") })}
        />
      </s-grid>
      <s-text-area
        label={text("leadImport.words")}
        details={text("leadImport.words.details")}
        name="words"
        rows={2}
        {...(trouble === "bad-words" && { error: text("leadImport.trouble.bad-words") })}
      />
    </s-stack>
  );
}

const isMissing = (field: (typeof COLUMN_FIELDS)[number], trouble: Trouble | null): boolean =>
  (field === "stage" && trouble === "no-stage") || (field === "external_id" && trouble === "no-lead");
