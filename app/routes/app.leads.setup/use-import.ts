import { useRef, useState } from "react";
import { useWords } from "../../components/words-context.ts";
import type { Preview } from "../../pipeline/import-part.server.ts";
import { type ChoiceProblem, type ColumnChoice, mappingOfChoice } from "./column-choice.ts";
import { correctionIn } from "./correction.ts";
import { beginning, type ChosenFile, type Ending, importFile, previewFile, type Progress } from "./import-file.ts";

/** Why nothing goes on: the choice of columns, the file, or no answer. */
export type Trouble = ChoiceProblem | Exclude<Ending, "done">;

export type ImportState = {
  readonly chosen: ChosenFile | null;
  readonly preview: Preview | null;
  /** Whether the preview is of a choice of columns. */
  readonly isRead: boolean;
  readonly progress: Progress | null;
  readonly busy: "preview" | "import" | null;
  readonly isDone: boolean;
  readonly trouble: Trouble | null;
};

const NOTHING: ImportState = {
  chosen: null,
  preview: null,
  isRead: false,
  progress: null,
  busy: null,
  isDone: false,
  trouble: null,
};

/** The import of one file: choose it, see what its columns give, and send it part by part. */
export function useImport() {
  const words = useWords();
  const [state, setState] = useState(NOTHING);
  // Answers about a file that is no longer the chosen one are dropped.
  const current = useRef<ChosenFile | null>(null);
  const change = (chosen: ChosenFile, changed: Partial<ImportState>): void => {
    if (current.current === chosen) setState((before) => ({ ...before, ...changed }));
  };

  const look = async (chosen: ChosenFile, choice: ColumnChoice | null): Promise<void> => {
    const mapping = choice === null ? null : mappingOfChoice(choice);
    if (typeof mapping === "string") return change(chosen, { trouble: mapping });
    change(chosen, { busy: "preview", trouble: null });
    const answer = await previewFile(chosen, mapping);
    if (answer?.ok !== true) return change(chosen, { busy: null, trouble: answer?.problem ?? "no-answer" });
    change(chosen, { busy: null, preview: answer.value, isRead: mapping !== null, trouble: answer.value.problem });
  };

  const send = async (chosen: ChosenFile, preview: Preview, choice: ColumnChoice): Promise<void> => {
    const mapping = mappingOfChoice(choice);
    if (typeof mapping === "string") return change(chosen, { trouble: mapping });
    const from = state.isDone || state.progress === null ? beginning(preview) : state.progress;
    change(chosen, { busy: "import", trouble: null, isDone: false, progress: from });
    const parts = importFile({ ...chosen, mapping, preview, lineOf: (row) => correctionIn(words, row) }, from);
    for (;;) {
      const part = await parts.next();
      // Whoever chooses another file meanwhile has stopped this one.
      if (current.current !== chosen) return;
      if (part.done === true) return change(chosen, ended(part.value));
      change(chosen, { progress: part.value });
    }
  };

  return {
    state,
    choose: (chosen: ChosenFile | null): void => {
      current.current = chosen;
      setState({ ...NOTHING, chosen });
      if (chosen !== null) void look(chosen, null);
    },
    look: (choice: ColumnChoice): void => {
      if (state.chosen !== null) void look(state.chosen, choice);
    },
    send: (choice: ColumnChoice): void => {
      if (state.chosen !== null && state.preview !== null) void send(state.chosen, state.preview, choice);
    },
  };
}

const ended = (ending: Ending): Partial<ImportState> =>
  ending === "done" ? { busy: null, isDone: true } : { busy: null, trouble: ending };
