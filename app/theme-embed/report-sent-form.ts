import type { FormEvent } from "../event-contract/published-settings.ts";
import { type ReportingContext, SENT_FORM } from "./bundles.ts";

type Form = {
  readonly reportedAs: FormEvent;
  /** Whether the page that followed says that Shopify took the form; refused and forgotten forms are no events. */
  readonly isTaken: (page: URLSearchParams, context: ReportingContext) => boolean;
};

// Shopify's forms by their `form_type`: contact form, newsletter, registration of a (legacy) customer account.
const FORMS: Readonly<Record<string, Form>> = {
  contact: { reportedAs: "Contact", isTaken: (page) => page.get("contact_posted") === "true" },
  customer: { reportedAs: "Lead", isTaken: (page) => page.get("customer_posted") === "true" },
  create_customer: { reportedAs: "CompleteRegistration", isTaken: (_, { page }) => page.person !== null },
};

const EVENTS: readonly FormEvent[] = ["Lead", "Contact", "CompleteRegistration"];

/**
 * Reports the form that was sent: of Shopify's own forms the one of the page before, of others' forms at once, because
 * nothing tells what became of it.
 */
export function reportSentForm(context: ReportingContext): void {
  const [type = "", as] = String(sessionStorage.getItem(SENT_FORM)).split(",");
  sessionStorage.removeItem(SENT_FORM);
  const form = FORMS[type];
  const name = as ? EVENTS.find((event) => event === as) : form?.reportedAs;
  const isTaken = !form || form.isTaken(new URLSearchParams(location.search), context);
  if (name && isTaken) context.report(name, {});
}
