import type { FormEvent } from "../event-contract/published-settings.ts";
import { CAMPAIGN, type ReportingContext, SENT_FORM } from "./bundles.ts";
import type { Extra } from "./reporter.ts";

type Form = {
  readonly reportedAs: FormEvent;
  /** Whether the next page shows that Shopify accepted the form; refused and abandoned forms are not events. */
  readonly isTaken: (page: URLSearchParams, context: ReportingContext) => boolean;
};

// Shopify's forms by `form_type`: contact form, newsletter, registration of a (legacy) customer account.
const FORMS: Readonly<Record<string, Form>> = {
  contact: { reportedAs: "Contact", isTaken: (page) => page.get("contact_posted") === "true" },
  customer: { reportedAs: "Lead", isTaken: (page) => page.get("customer_posted") === "true" },
  create_customer: { reportedAs: "CompleteRegistration", isTaken: (_, { page }) => page.person !== null },
};

const EVENTS: readonly FormEvent[] = ["Lead", "Contact", "CompleteRegistration"];

/** What the form said of its sender, with the campaign that brought them. */
function senderOf([em, ph, ...reference]: readonly string[], { page }: ReportingContext): Extra {
  const campaign = Object.fromEntries(new URLSearchParams(sessionStorage.getItem(CAMPAIGN) ?? ""));
  const typed = { ...(em && { em }), ...(ph && { ph }) };
  return {
    form: { reference: reference.join(), campaign },
    ...((em || ph) && { person: { ...page.person, ...typed } }),
  };
}

/**
 * Reports the submitted form: for Shopify's forms, the one from the previous page; for other forms immediately, because
 * nothing shows whether they were accepted.
 */
export function reportSentForm(context: ReportingContext): void {
  const [type = "", as, ...typed] = String(sessionStorage.getItem(SENT_FORM)).split(",");
  sessionStorage.removeItem(SENT_FORM);
  const form = FORMS[type];
  const name = as ? EVENTS.find((event) => event === as) : form?.reportedAs;
  const isTaken = !form || form.isTaken(new URLSearchParams(location.search), context);
  if (name && isTaken) context.report(name, {}, senderOf(typed, context));
}
