import type { ShopDomain } from "../../event-contract/event-id.ts";
import { currencyCode } from "../../event-contract/money.ts";
import type { AdminPorts } from "../../server/admin-ports.ts";
import type { StageByHand } from "../../server/lead-port-types.ts";
import type { FormFields } from "../app/fields-of-form.ts";
import type { LeadOutcome } from "./lead-page.tsx";

type Sender = { readonly shop: ShopDomain; readonly admin: Pick<AdminPorts, "reportStage" | "deleteLead"> };

/** Passes each of the page's forms to its port. Null: there is no such lead. */
export async function answerLeadForm(form: FormFields, sender: Sender): Promise<LeadOutcome | null> {
  const { intent = "", leadId = "" } = form;
  if (intent === "report-stage") return reportStage(form, leadId, sender);
  if (intent !== "delete-lead") throw unknownForm();
  return (await sender.admin.deleteLead(sender.shop, leadId)) ? { kind: "deleted" } : null;
}

async function reportStage(form: FormFields, leadId: string, { shop, admin }: Sender): Promise<LeadOutcome> {
  const { stage = "", key = "" } = form;
  if (!KEY.test(key) || stage === "" || stage.length > LONGEST_STAGE) throw unknownForm();
  const worth = worthIn(form);
  if (worth === "unreadable") return { kind: "bad-value" };
  return { kind: "reported", outcome: await admin.reportStage(shop, { leadId, stage, at: new Date(), worth, key }) };
}

// As for every form that no page has.
// eslint-disable-next-line tandem/no-literal-text -- no page shows it
const unknownForm = (): Response => new Response("Unknown form", { status: 400 });

const KEY = /^[\w-]{8,64}$/;
const LONGEST_STAGE = 50;
const AMOUNT = /^\d{1,9}(?:[.,]\d{1,4})?$/;

function worthIn({ value = "", currency = "" }: FormFields): StageByHand["worth"] | "unreadable" {
  if (value.trim() === "" && currency.trim() === "") return null;
  const code = currencyCode(currency.trim().toUpperCase());
  const amount = AMOUNT.test(value.trim()) ? Number(value.trim().replace(",", ".")) : null;
  return code === null || amount === null ? "unreadable" : { value: amount, currency: code };
}
