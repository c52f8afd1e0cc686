import { Banner, BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { EventName } from "../../event-contract/event-name.ts";
import type { Legs, FieldProblem } from "../../settings/types.ts";
import { ACTIONS, LEGS } from "../../wording/mapping-words.ts";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";

/** One action and how it is reported. */
export type MappingRow = {
  readonly action: EventName;
  readonly as: string;
  readonly legs: Legs;
  readonly hasValue: boolean;
  /** Only orders report it, so there is no browser leg to choose. */
  readonly serverOnly: boolean;
};

export type MappingView = {
  readonly primary: EventName;
  readonly rows: readonly MappingRow[];
  /** Warnings about the saved mapping, as sentences. */
  readonly warnings: readonly string[];
};

type Props = {
  readonly mapping: MappingView;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const PRIMARY = "primaryEvent";
const nameField = (action: EventName): string => `events.${action}.as`;
const legsField = (action: EventName): string => `events.${action}.legs`;

const savedFields = ({ primary, rows }: MappingView): Readonly<Record<string, string>> => ({
  [PRIMARY]: primary,
  ...Object.fromEntries(
    rows.flatMap(({ action, as, legs }) => [
      [nameField(action), as],
      [legsField(action), legs],
    ]),
  ),
});

type Field = (name: string) => {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | false;
};

/** Which actions are reported, by which legs and under which names. An unchanged name is Meta's own. */
export function MappingForm({ mapping, problems, busy, onSubmit }: Props) {
  const [fields, setFields] = useState(savedFields(mapping));
  const field: Field = (name) => ({
    name,
    value: fields[name] ?? "",
    onChange: (value) => setFields((before) => ({ ...before, [name]: value })),
    error: problemAt(problems, name),
  });
  const primary = mapping.rows.find(({ action }) => action === fields[PRIMARY]);
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Event mapping" noValidate>
        <input type="hidden" name="intent" value="save-mapping" />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Events
          </Text>
          <ProblemsElsewhere problems={problemsElsewhere(problems, Object.keys(fields))} />
          <Warnings sentences={mapping.warnings} />
          <Select
            label="Primary conversion"
            options={mapping.rows.map(({ action }) => ({ value: action, label: ACTIONS[action] }))}
            helpText={primaryHelp(primary)}
            {...field(PRIMARY)}
          />
          {mapping.rows.map((row) => (
            <MappingFields key={row.action} row={row} field={field} />
          ))}
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              Save events
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

const primaryHelp = (primary: MappingRow | undefined): string =>
  primary?.hasValue === false
    ? "Careful: this carries no value, so Meta cannot prefer customers who spend more."
    : "The event that your campaigns optimize for. It does not change what is sent; Tandem watches it most closely.";

function Warnings({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Banner tone="warning" title="Worth a second look">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
}

function MappingFields({ row, field }: { readonly row: MappingRow; readonly field: Field }) {
  const { action, serverOnly } = row;
  const name = field(nameField(action)).value;
  const choices = serverOnly ? SERVER_LEGS : ALL_LEGS;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <TextField
        label={`${ACTIONS[action]}: sent as`}
        placeholder={action}
        helpText={name === "" || name === action ? undefined : `Instead of ${action}, on both legs.`}
        maxLength={50}
        autoComplete="off"
        {...field(nameField(action))}
      />
      <Select label={`${ACTIONS[action]}: sent by`} options={choices} {...field(legsField(action))} />
    </InlineGrid>
  );
}

const option = (value: Legs, label: string = LEGS[value]) => ({ value, label });
const ALL_LEGS = [option("both"), option("browser"), option("server"), option("off")];
const SERVER_LEGS = [option("both", LEGS.server), option("off")];
