import { errorAt } from "../../components/field-problems.tsx";
import { useWords } from "../../components/words-context.ts";
import type { FormEvent } from "../../event-contract/published-settings.ts";
import type { Words } from "../../wording/words.ts";
import { ChoiceField } from "./choice-field.tsx";
import { SettingsForm, type VersionedFormProps } from "./settings-form.tsx";

export type FormKind = "contact" | "newsletter" | "registration";

export type FormsView = {
  readonly kinds: readonly {
    readonly kind: FormKind;
    /** Null: the merchant has not chosen, and the default event applies. */
    readonly chosen: FormEvent | "none" | null;
    readonly usual: FormEvent;
  }[];
  /** Rules for particular forms, one per line. */
  readonly further: string;
};

type Props = VersionedFormProps & { readonly view: FormsView };

const EVENTS = ["Lead", "Contact", "CompleteRegistration"] as const satisfies readonly FormEvent[];

/** The event that each of the theme's forms is reported as: a menu for each kind, and rules for particular forms. */
export function FormsForm({ view, ...form }: Props) {
  const words = useWords();
  return (
    <SettingsForm name="forms" heading={words.text("settings.forms.heading")} fields={["forms"]} {...form}>
      {view.kinds.map(({ kind, chosen, usual }) => (
        <ChoiceField
          key={kind}
          label={words.text(`settings.forms.${kind}`)}
          name={`forms.${kind}`}
          choices={choicesBeside(usual, words)}
          value={chosen ?? ""}
        />
      ))}
      <s-text-area
        label={words.text("settings.forms.further")}
        name="forms"
        placeholder="#wholesale-form Lead"
        details={words.text("settings.forms.further.help")}
        rows={3}
        autocomplete="off"
        value={view.further}
        {...errorAt(form.problems, "forms")}
      />
    </SettingsForm>
  );
}

const choicesBeside = (usual: FormEvent, words: Words) => [
  { value: "", label: words.text("settings.forms.as-usual", { event: usual }) },
  ...EVENTS.map((event) => ({ value: event, label: event })),
  { value: "none", label: words.text("settings.forms.nothing") },
];
