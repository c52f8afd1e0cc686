import type { FormEvent } from "../event-contract/published-settings.ts";
import { DEFAULT_FORM_EVENTS, FORM_KINDS, formRulesText } from "./form-rules.ts";
import type { Settings } from "./types.ts";

export type FormKind = (typeof FORM_KINDS)[number];

/** The form rules as their page shows them. */
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

/** A menu for each of Shopify's kinds of form, the others as text. */
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
