import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Funnel } from "../settings/types.ts";
import type { LeadState, StageReport } from "./types.ts";

export type InstantForms = { readonly shop: ShopDomain; readonly settingsVersion: number; readonly funnel: Funnel };

/** The ID of a lead from an Instant Form. A form's lead has the ID of its event. */
export const instantFormLeadId = (metaLeadId: string): string => `instant-form.${metaLeadId}`;

/** The lead of an Instant Form that a report is the first to name; none where it names its lead in another way. */
export function leadOfInstantForm(
  report: StageReport,
  { shop, settingsVersion, funnel }: InstantForms,
): readonly LeadState[] {
  if (report.lead.by !== "lead-id") return [];
  const lead = {
    shop,
    leadId: instantFormLeadId(report.lead.value),
    kind: "instant-form",
    action: "Lead",
    sentAs: "Lead",
    happenedAt: report.leadAt ?? report.happenedAt,
    externalId: null,
    userData: { lead_id: report.lead.value },
    signal: signalOf(report, funnel),
    page: null,
    campaign: null,
    pixelIds: null,
    settingsVersion,
  } as const;
  return [{ lead, reached: [], isDisqualified: false }];
}

/** No browser saw an Instant Form: the report says what the lead agreed to, or the merchant's form always asks for it. */
function signalOf({ consent, happenedAt, leadAt }: StageReport, { instantFormConsent }: Funnel): ConsentSignal | null {
  const stated = consent ?? (instantFormConsent === "given" ? "granted" : null);
  const at = (leadAt ?? happenedAt).getTime();
  return stated === null ? null : { marketing: stated === "granted", saleOfData: stated === "granted", at };
}

/** The lead as a report leaves it that says that its person declined. No report takes that back. */
export function withConsent(
  state: LeadState,
  { consent, happenedAt }: Pick<StageReport, "consent" | "happenedAt">,
): LeadState {
  if (consent !== "declined") return state;
  const signal = { marketing: false, saleOfData: false, at: happenedAt.getTime() };
  return { ...state, lead: { ...state.lead, signal, userData: {}, page: null, campaign: null } };
}
