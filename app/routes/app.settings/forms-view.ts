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
