import { errorAt } from "../../components/field-problems.tsx";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { useChosen } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { EventName } from "../../event-contract/event-name.ts";
import type { FieldProblem, Legs, MappingWarning } from "../../settings/types.ts";
import { warningIn } from "../../wording/mapping-words.ts";

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

type Props = { readonly mapping: MappingView; readonly problems: readonly FieldProblem[] };

const PRIMARY = "primaryEvent";
const nameField = (action: EventName): string => `events.${action}.as`;
const legsField = (action: EventName): string => `events.${action}.legs`;

export const isOfMapping = (field: string): boolean => field === PRIMARY || field.startsWith("events.");

/** Which actions are reported, by which legs and under which names. An unchanged name is Meta's own. */
export function MappingFields({ mapping: { primary: saved, rows, warnings }, problems }: Props) {
  const words = useWords();
  const [primary, menu] = useChosen(saved);
  const isWorthless = rows.some(({ action, hasValue }) => action === primary && !hasValue);
  return (
    <s-section heading={words.text("settings.mapping.heading")}>
      <s-stack gap="base">
        <Warnings warnings={warnings} />
        <ChoiceField
          label={words.text("settings.primary")}
          name={PRIMARY}
          choices={rows.map(({ action }) => ({ value: action, label: words.text(`mapping.action.${action}`) }))}
          details={words.text(isWorthless ? "settings.primary.without-value" : "settings.primary.help")}
          value={saved}
          listener={menu}
          {...errorAt(words, problems, PRIMARY)}
        />
        {rows.map((row) => (
          <ActionFields key={row.action} row={row} problems={problems} />
        ))}
      </s-stack>
    </s-section>
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

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 14rem), 1fr))";

type RowProps = { readonly row: MappingRow; readonly problems: readonly FieldProblem[] };

function ActionFields({ row: { action, as, legs, serverOnly }, problems }: RowProps) {
  const words = useWords();
  const label = words.text(`mapping.action.${action}`);
  const both = { value: "both", label: words.text(serverOnly ? "legs.server" : "legs.both") };
  const oneLeg = serverOnly ? [] : (["browser", "server"] as const);
  const choices = [
    both,
    ...[...oneLeg, "off" as const].map((value) => ({ value, label: words.text(`legs.${value}`) })),
  ];
  return (
    <s-grid gridTemplateColumns={COLUMNS} gap="small">
      <s-text-field
        label={words.text("settings.mapping.sent-as", { action: label })}
        name={nameField(action)}
        placeholder={action}
        maxLength={50}
        autocomplete="off"
        value={as}
        {...(as !== action && { details: words.text("settings.mapping.instead-of", { action }) })}
        {...errorAt(words, problems, nameField(action))}
      />
      <ChoiceField
        label={words.text("settings.mapping.sent-by", { action: label })}
        name={legsField(action)}
        choices={choices}
        value={legs}
        {...errorAt(words, problems, legsField(action))}
      />
    </s-grid>
  );
}
