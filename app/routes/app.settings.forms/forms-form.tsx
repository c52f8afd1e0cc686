import { errorAt } from "../../components/field-problems.tsx";
import { ChoiceField } from "../../components/settings/choice-field.tsx";
import { SettingsForm } from "../../components/settings/settings-form.tsx";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import { useWords } from "../../components/words-context.ts";
import type { FormEvent } from "../../event-contract/published-settings.ts";
import type { FormsView } from "../../settings/form-fields.ts";
import type { Words } from "../../wording/words.ts";

// Codes and names that are the same in every language.
const EXAMPLE = ["#wholesale-form", "Lead"].join(" ");

type Props = { readonly view: FormsView; readonly forms: SettingsForms };

const EVENTS = ["Lead", "Contact", "CompleteRegistration"] as const satisfies readonly FormEvent[];

/** The event that each of the theme's forms is reported as: a menu for each kind, and rules for particular forms. */
export function FormsForm({ view, forms }: Props) {
  const words = useWords();
  return (
    <SettingsForm page="forms" forms={forms}>
      {(problems) => (
        <s-section heading={words.text("settings.forms.heading")}>
          <s-stack gap="base">
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
              placeholder={EXAMPLE}
              details={words.text("settings.forms.further.help")}
              rows={3}
              autocomplete="off"
              value={view.further}
              {...errorAt(words, problems, "forms")}
            />
          </s-stack>
        </s-section>
      )}
    </SettingsForm>
  );
}

const choicesBeside = (usual: FormEvent, words: Words) => [
  { value: "", label: words.text("settings.forms.as-usual", { event: usual }) },
  ...EVENTS.map((event) => ({ value: event, label: event })),
  { value: "none", label: words.text("settings.forms.nothing") },
];
