import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { noteChange } from "../../components/save-bar.tsx";
import { useWords } from "../../components/words-context.ts";
import type { OrderRule } from "../../event-contract/order-settings.ts";
import type { FieldProblem } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";

type Row = Readonly<Record<keyof OrderRule, string>> & { readonly key: number };
type Props = { readonly rules: readonly OrderRule[]; readonly problems: readonly FieldProblem[] };

const NEW_ROW = { action: "withhold", match: "channel", value: "" } as const;

/** The rules in the order in which they apply, as rows that are named `rules.0.value` and so on in the form. */
export function OrderRuleRows({ rules, problems }: Props) {
  const words = useWords();
  const { rows, shownProblems, add, remove, moveUp } = useRows(rules, problems);
  const addButton = useId();
  const counter = useRef<HTMLInputElement>(null);
  useChangeNote(counter, rows);
  // The pressed button disappears with its row, and the keyboard focus with it.
  const removeAt = (index: number) => {
    remove(index);
    document.getElementById(addButton)?.focus();
  };
  return (
    <s-stack gap="small">
      <s-paragraph color="subdued">{words.text("settings.rules.help")}</s-paragraph>
      <input ref={counter} type="hidden" name="rules.rows" value={rows.length} />
      {rows.map((row, index) => (
        <RuleRow
          key={row.key}
          row={row}
          index={index}
          problems={shownProblems}
          onMoveUp={() => moveUp(index)}
          onRemove={() => removeAt(index)}
        />
      ))}
      <div>
        <s-button id={addButton} onClick={add}>
          {words.text("settings.rules.add")}
        </s-button>
      </div>
    </s-stack>
  );
}

/** Rows that come, go or move are changes of the form, as typing is. */
function useChangeNote(counter: RefObject<HTMLInputElement>, rows: readonly Row[]): void {
  const first = useRef(rows);
  useEffect(() => {
    if (first.current !== rows) noteChange(counter.current?.form);
  }, [counter, rows]);
}

/**
 * Which rows there are, in their order; their fields keep what is typed into them. Problems belong to the rows that
 * were sent, so reordering the rows clears them.
 */
function useRows(rules: readonly OrderRule[], problems: readonly FieldProblem[]) {
  const nextKey = useRef(rules.length);
  const [rows, setRows] = useState<readonly Row[]>(rules.map((rule, key) => ({ ...rule, key })));
  const [isMoved, setMoved] = useState(false);
  useEffect(() => setMoved(false), [problems]);
  const rearrange = (next: (before: readonly Row[]) => readonly Row[]) => {
    setMoved(true);
    setRows(next);
  };
  return {
    rows,
    shownProblems: isMoved ? [] : problems,
    add: () => {
      nextKey.current += 1;
      const key = nextKey.current;
      setRows((before) => [...before, { ...NEW_ROW, key }]);
    },
    remove: (index: number) => rearrange((before) => before.toSpliced(index, 1)),
    moveUp: (index: number) =>
      rearrange((before) => {
        const moved = before.slice(index, index + 1);
        return before.toSpliced(index, 1).toSpliced(index - 1, 0, ...moved);
      }),
  };
}

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 9rem), 1fr))";

type RowProps = {
  readonly row: Row;
  readonly index: number;
  readonly problems: readonly FieldProblem[];
  readonly onMoveUp: () => void;
  readonly onRemove: () => void;
};

function RuleRow({ row, index, problems, onMoveUp, onRemove }: RowProps) {
  const words = useWords();
  const number = index + 1;
  const part = (name: keyof OrderRule) => {
    const field = `rules.${String(index)}.${name}`;
    return {
      label: words.text(`settings.rules.${name}`, { number }),
      name: field,
      value: row[name],
      ...errorAt(words, problems, field),
    };
  };
  return (
    <s-grid gridTemplateColumns={COLUMNS} gap="small-100" alignItems="end">
      <ChoiceField choices={choicesOf(words, "rule-action")} {...part("action")} />
      <ChoiceField choices={choicesOf(words, "rule-match")} {...part("match")} />
      <s-text-field maxLength={100} autocomplete="off" {...part("value")} />
      <s-stack direction="inline" gap="small-100">
        {index > 0 && (
          <s-button onClick={onMoveUp} accessibilityLabel={words.text("settings.rules.up.of", { number })}>
            {words.text("settings.rules.up")}
          </s-button>
        )}
        <s-button onClick={onRemove} accessibilityLabel={words.text("settings.rules.remove.of", { number })}>
          {words.text("settings.rules.remove")}
        </s-button>
      </s-stack>
    </s-grid>
  );
}
