import { BlockStack, Button, ButtonGroup, InlineGrid, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useId, useRef, useState } from "react";
import type { OrderRule } from "../../event-contract/order-settings.ts";
import { RULE_ACTIONS, RULE_MATCHES } from "../../wording/choices.ts";
import { problemAt } from "../../components/field-problems.tsx";
import type { FieldProblem } from "../../settings/types.ts";

type Row = Readonly<Record<keyof OrderRule, string>> & { readonly key: number };
type Props = { readonly rules: readonly OrderRule[]; readonly problems: readonly FieldProblem[] };

const NEW_ROW = { action: "withhold", match: "channel", value: "" } as const;

/** The rules in the order in which they apply, as rows that are named `rules.0.value` and so on in the form. */
export function OrderRuleRows({ rules, problems }: Props) {
  const { rows, shownProblems, change, add, remove, moveUp } = useRows(rules, problems);
  const addButton = useId();
  // The pressed button disappears with its row, and the keyboard focus with it.
  const removeAt = (index: number) => {
    remove(index);
    document.getElementById(addButton)?.focus();
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        Rules by sales channel and tag
      </Text>
      <Text as="p" tone="subdued">
        {RULES}
      </Text>
      <input type="hidden" name="rules.rows" value={rows.length} />
      {rows.map((row, index) => (
        <RuleRow
          key={row.key}
          row={row}
          index={index}
          problems={shownProblems}
          onChange={(part, value) => change(index, part, value)}
          onMoveUp={() => moveUp(index)}
          onRemove={() => removeAt(index)}
        />
      ))}
      <InlineStack>
        <Button id={addButton} onClick={add}>
          Add a rule
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

const RULES =
  "The first matching rule decides; an order without a matching rule is sent. A channel is pos, draft, renewal, b2b, " +
  "web, or the ID of a sales channel app. A tag is one of the order’s tags. Rules apply to what the server sends: the " +
  "browser does not know tags, and has already reported a sale on the website.";

/** The rows while they are edited. Problems belong to the rows that were sent, so reordering the rows clears them. */
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
    change: (index: number, part: keyof OrderRule, value: string) =>
      setRows((before) => before.map((row, at) => (at === index ? { ...row, [part]: value } : row))),
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

type RowProps = {
  readonly row: Row;
  readonly index: number;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (part: keyof OrderRule, value: string) => void;
  readonly onMoveUp: () => void;
  readonly onRemove: () => void;
};

function RuleRow({ row, index, problems, onChange, onMoveUp, onRemove }: RowProps) {
  const number = `Rule ${String(index + 1)}`;
  const part = (name: keyof OrderRule) => {
    const field = `rules.${String(index)}.${name}`;
    return {
      name: field,
      value: row[name],
      onChange: (value: string) => onChange(name, value),
      error: problemAt(problems, field),
    };
  };
  return (
    <InlineGrid columns={{ xs: 1, sm: "2fr 2fr 3fr auto" }} gap="200" alignItems="end">
      <Select label={`${number}: do`} options={RULE_ACTIONS} {...part("action")} />
      <Select label={`${number}: orders by`} options={RULE_MATCHES} {...part("match")} />
      <TextField label={`${number}: named`} maxLength={100} autoComplete="off" {...part("value")} />
      <ButtonGroup>
        {index > 0 && (
          <Button onClick={onMoveUp} accessibilityLabel={`Move rule ${String(index + 1)} up`}>
            Up
          </Button>
        )}
        <Button onClick={onRemove} accessibilityLabel={`Remove rule ${String(index + 1)}`}>
          Remove
        </Button>
      </ButtonGroup>
    </InlineGrid>
  );
}
