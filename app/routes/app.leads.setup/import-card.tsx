import { type ChangeEvent, type FormEvent, useEffect, useRef } from "react";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import { CSV_ENCODINGS } from "../../leads/csv-mapping.ts";
import type { Preview } from "../../pipeline/import-part.server.ts";
import type { Words } from "../../wording/words.ts";
import { COLUMN_FIELDS, type ColumnChoice } from "./column-choice.ts";
import { ColumnFields } from "./column-fields.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { type ImportState, type Trouble, useImport } from "./use-import.ts";

/** A CSV file of stages: choose it, see what its columns give, import it, and download the rows to correct. */
export function ImportCard() {
  const words = useWords();
  const { text } = words;
  const { state, choose, look, send } = useImport();
  const { chosen, preview, progress, trouble, isDone } = state;
  return (
    <s-section heading={text("leadImport.heading")}>
      <s-stack gap="base">
        <s-paragraph color="subdued">{text("leadImport.text")}</s-paragraph>
        <FileFields onChoose={(file, encoding) => choose(file === null ? null : { file, encoding })} />
        {chosen !== null && preview !== null && (
          <ColumnForm
            key={`${chosen.file.name} ${chosen.encoding}`}
            state={state}
            preview={preview}
            onLook={look}
            onSend={send}
          />
        )}
        {trouble !== null && (
          <div role="alert">
            <s-banner tone="critical" heading={text("leadImport.trouble")}>
              <p>{troubleIn(words, trouble)}</p>
            </s-banner>
          </div>
        )}
        {chosen !== null && preview !== null && progress !== null && (
          <ImportProgress file={chosen.file} columns={preview.columns} progress={progress} isDone={isDone} />
        )}
      </s-stack>
    </s-section>
  );
}

type ColumnFormProps = {
  readonly state: ImportState;
  readonly preview: Preview;
  readonly onLook: (choice: ColumnChoice) => void;
  readonly onSend: (choice: ColumnChoice) => void;
};

function ColumnForm({ state, preview, onLook, onSend }: ColumnFormProps) {
  const { text } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const { progress, isDone, busy, isRead, trouble } = state;
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSend(choiceIn(event.currentTarget));
  };
  return (
    <form ref={form} aria-label={text("leadImport.columns")} onSubmit={send} noValidate>
      <s-stack gap="base">
        <ColumnFields columns={preview.columns} trouble={trouble} />
        <PreviewTable preview={preview} isRead={isRead} />
        <s-stack direction="inline" gap="small">
          <s-button
            onClick={() => form.current && onLook(choiceIn(form.current))}
            {...(busy === "preview" && { loading: true })}
          >
            {text("leadImport.preview")}
          </s-button>
          <s-button type="submit" variant="primary" {...(busy === "import" && { loading: true })}>
            {text(progress !== null && !isDone ? "leadImport.go-on" : "leadImport.import")}
          </s-button>
        </s-stack>
      </s-stack>
    </form>
  );
}

type Choose = (file: File | null, encoding: (typeof CSV_ENCODINGS)[number] | "") => void;

function FileFields({ onChoose }: { readonly onChoose: Choose }) {
  const { text } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const encoding = useRef<Parameters<Choose>[1]>("");
  const select = useListener<"s-select">("change", ({ value }) => {
    encoding.current = CSV_ENCODINGS.find((known) => known === value) ?? "";
    onChoose(input.current?.files?.[0] ?? null, encoding.current);
  });
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void =>
    onChoose(currentTarget.files?.[0] ?? null, encoding.current);
  const chooseFirst = useRef(onChoose);
  useEffect(() => {
    // Chosen before the page's scripts had started, or kept by the browser when the page was loaded again.
    const file = input.current?.files?.[0];
    if (file !== undefined) chooseFirst.current(file, encoding.current);
  }, []);
  return (
    <s-stack gap="small">
      <label>
        <s-text>{text("leadImport.file")}</s-text>{" "}
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          onChange={choose}
          style={{ maxWidth: "100%", font: "inherit" }}
        />
      </label>
      <s-select ref={select} label={text("leadImport.encoding")} value="">
        <s-option value="">{text("leadImport.encoding.auto")}</s-option>
        {CSV_ENCODINGS.map((name) => (
          <s-option key={name} value={name}>
            {name}
          </s-option>
        ))}
      </s-select>
    </s-stack>
  );
}

function choiceIn(form: HTMLFormElement): ColumnChoice {
  const data = new FormData(form);
  const textOf = (name: string): string => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  const columns = Object.fromEntries(COLUMN_FIELDS.map((field) => [field, textOf(field)]));
  // Object.fromEntries forgets the names, which are the fields' own.
  return { ...(columns as Omit<ColumnChoice, "offset" | "words">), offset: textOf("offset"), words: textOf("words") };
}

const troubleIn = ({ text }: Words, trouble: Trouble): string =>
  text(`leadImport.trouble.${typeof trouble === "string" ? trouble : trouble.kind}`);
