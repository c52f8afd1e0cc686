import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { EventName } from "../../event-contract/event-name.ts";
import type { FieldProblem, Legs, MappingWarning } from "../../settings/types.ts";
import { warningIn } from "../../wording/mapping-words.ts";
import { ChoiceField } from "./choice-field.tsx";
import { SettingsForm, type VersionedFormProps } from "./settings-form.tsx";

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
  /** About the saved mapping. */
  readonly warnings: readonly MappingWarning[];
};

type Props = VersionedFormProps & { readonly mapping: MappingView };

const PRIMARY = "primaryEvent";
const nameField = (action: EventName): string => `events.${action}.as`;
const legsField = (action: EventName): string => `events.${action}.legs`;

/** Which actions are reported, by which legs and under which names. An unchanged name is Meta's own. */
export function MappingForm({ mapping, ...form }: Props) {
  const words = useWords();
  const [primary, setPrimary] = useState<string>(mapping.primary);
  const menu = useListener<"s-select">("change", ({ value }) => setPrimary(value));
  const { rows, warnings } = mapping;
  const fields = [PRIMARY, ...rows.flatMap(({ action }) => [nameField(action), legsField(action)])];
  const isWorthless = rows.some(({ action, hasValue }) => action === primary && !hasValue);
  return (
    <SettingsForm
      name="mapping"
      heading={words.text("settings.mapping.heading")}
      fields={fields}
      onReset={() => setPrimary(mapping.primary)}
      {...form}
    >
      <Warnings warnings={warnings} />
      <ChoiceField
        label={words.text("settings.primary")}
        name={PRIMARY}
        choices={rows.map(({ action }) => ({ value: action, label: words.text(`mapping.action.${action}`) }))}
        details={words.text(isWorthless ? "settings.primary.without-value" : "settings.primary.help")}
        value={mapping.primary}
        listener={menu}
        {...errorAt(form.problems, PRIMARY)}
      />
      {rows.map((row) => (
        <MappingFields key={row.action} row={row} problems={form.problems} />
      ))}
    </SettingsForm>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly MappingWarning[] }) {
  const words = useWords();
  if (warnings.length === 0) return null;
  const sentences = warnings.map((warning) => warningIn(words, warning));
  return (
    <s-banner tone="warning" heading={words.text("settings.mapping.warnings")}>
      {sentences.map((sentence) => (
        <s-paragraph key={sentence}>{sentence}</s-paragraph>
      ))}
    </s-banner>
  );
}

type RowProps = { readonly row: MappingRow; readonly problems: readonly FieldProblem[] };

function MappingFields({ row: { action, as, legs, serverOnly }, problems }: RowProps) {
  const words = useWords();
  const label = words.text(`mapping.action.${action}`);
  const both = { value: "both", label: words.text(serverOnly ? "legs.server" : "legs.both") };
  const oneLeg = serverOnly ? [] : (["browser", "server"] as const);
  const choices = [
    both,
    ...[...oneLeg, "off" as const].map((value) => ({ value, label: words.text(`legs.${value}`) })),
  ];
  return (
    <s-grid gridTemplateColumns="repeat(auto-fit, minmax(12rem, 1fr))" gap="small">
      <s-text-field
        label={words.text("settings.mapping.sent-as", { action: label })}
        name={nameField(action)}
        placeholder={action}
        maxLength={50}
        autocomplete="off"
        value={as}
        {...(as !== action && { details: words.text("settings.mapping.instead-of", { action }) })}
        {...errorAt(problems, nameField(action))}
      />
      <ChoiceField
        label={words.text("settings.mapping.sent-by", { action: label })}
        name={legsField(action)}
        choices={choices}
        value={legs}
        {...errorAt(problems, legsField(action))}
      />
    </s-grid>
  );
}
