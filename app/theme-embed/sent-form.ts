import type { PublishedSettings } from "../event-contract/published-settings.ts";

// Shopify's own forms (`form_type`) that are reported without a rule: contact form, newsletter, registration.
const BY_ITSELF = /^(?:contact|(?:create_)?customer)$/;

/** `taken`: Shopify's form type, for forms whose result only the next page shows; empty for other forms. */
export type SentForm = { readonly taken: string; readonly as: string };

/** What to report for a form being submitted; null for nothing. `as` is empty if no rule matches. */
export function sentForm(form: HTMLFormElement, { forms = [] }: Pick<PublishedSettings, "forms">): SentForm | null {
  const type = new FormData(form).get("form_type");
  const taken = typeof type === "string" ? (BY_ITSELF.exec(type)?.[0] ?? "") : "";
  const rule = forms.find((choice) => choice.form === taken || form.matches(choice.form));
  if (rule) return rule.as === "none" ? null : { taken, as: rule.as };
  return taken ? { taken, as: "" } : null;
}
