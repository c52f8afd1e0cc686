import type { FormsView } from "./forms-form.tsx";
import { DEFAULT_FORM_EVENTS, FORM_KINDS, formRulesText } from "../../settings/form-rules.ts";
import type { Settings } from "../../settings/types.ts";

/** The form rules as the settings page shows them: one for each of Shopify's kinds of form, the others as text. */
export const formsView = ({ forms = [] }: Settings): FormsView => ({
  kinds: FORM_KINDS.map((kind) => ({
    kind,
    chosen: forms.find(({ form }) => form === kind)?.as ?? null,
    usual: DEFAULT_FORM_EVENTS[kind],
  })),
  further: formRulesText(forms.filter(({ form }) => !FORM_KINDS.some((kind) => kind === form))),
});

type Fields = Readonly<Record<string, string>>;

/** The form's menus and its text field as one text with a rule a line, the way settings are saved. */
export function withFormRules({ forms, ...fields }: Fields): Fields {
  if (forms === undefined) return fields;
  const chosen = FORM_KINDS.flatMap((kind) => {
    const event = fields[`forms.${kind}`] ?? "";
    return event === "" ? [] : [`${kind} ${event}`];
  });
  return { ...fields, forms: [...chosen, forms].join("\n") };
}
