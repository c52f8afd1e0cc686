import type { EventName } from "../event-contract/event-name.ts";
import { type ReportingContext, SENT_FORM } from "./assets.ts";

type Form = {
  readonly reportedAs: EventName;
  /** Whether the page that followed says that Shopify took the form; refused and forgotten forms are no events. */
  readonly isTaken: (page: URLSearchParams, context: ReportingContext) => boolean;
};

// Shopify's forms by their `form_type`: contact form, newsletter, registration of a (legacy) customer account.
const FORMS: Readonly<Record<string, Form>> = {
  contact: { reportedAs: "Contact", isTaken: (page) => page.get("contact_posted") === "true" },
  customer: { reportedAs: "Lead", isTaken: (page) => page.get("customer_posted") === "true" },
  create_customer: { reportedAs: "CompleteRegistration", isTaken: (_, { page }) => page.person !== null },
};

/** Reports the form that was sent on the page before this one. */
export function reportSentForm(context: ReportingContext): void {
  const type = sessionStorage.getItem(SENT_FORM) ?? "";
  sessionStorage.removeItem(SENT_FORM);
  const form = FORMS[type];
  if (!form?.isTaken(new URLSearchParams(location.search), context)) return;
  context.report(form.reportedAs, {});
}
