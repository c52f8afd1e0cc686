import { type EventId, eventId } from "../event-contract/event-id.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import type { CustomData } from "../event-contract/purchase.ts";
import type { NewEvent } from "../outbox/types.ts";
import type { FunnelStage } from "../settings/types.ts";
import type { Lead, LeadKind, StageReport } from "./types.ts";

/**
 * What Meta says of each kind of lead. Whether stages of website leads count for its goal "conversion leads" is
 * contradicted in Meta's own pages: the FAQ names "Instant Forms or Website Forms", the overview and the payload pages
 * Instant Forms alone (Conversions API for CRM, 2026-11-29). They are sent as events of the website's lead, without the
 * CRM's fields, until Meta says otherwise; then this row changes.
 */
export const LEAD_KINDS = {
  form: { countsForConversionLeads: "contradicted", hasCrmFields: false },
  // `event_source` and `lead_event_source` are both required: otherwise the event is not counted (payload page, 2026-09).
  "instant-form": { countsForConversionLeads: "yes", hasCrmFields: true },
} as const satisfies Readonly<
  Record<LeadKind, { readonly countsForConversionLeads: "yes" | "contradicted"; readonly hasCrmFields: boolean }>
>;

const NAME_OF_CRM = "CRM";

/** The same for every report of this stage, so that the ledger has the event once. */
export function stageEventId(
  leadId: string,
  stage: Pick<FunnelStage, "key">,
  digestOf: (text: string) => string,
): EventId {
  return eventId(`stage.${stage.key}.${leadId}`) ?? (`stage.${stage.key}.${digestOf(leadId)}` as EventId);
}

export type ReachedStage = {
  readonly lead: Lead;
  readonly stage: FunnelStage;
  readonly report: StageReport;
  readonly eventId: EventId;
  readonly settingsVersion: number;
};

/**
 * The event of a stage: made by the merchant's system, with the lead's own identifiers, and for a form with the event
 * that it belongs to. It has no browser leg.
 */
export function stageEvent({ lead, stage, report, eventId: id, settingsVersion }: ReachedStage): NewEvent {
  return {
    shop: lead.shop,
    origin: "lead",
    body: {
      // The action; the decision gives it the stage's name.
      event_name: "LeadStage",
      event_id: id,
      event_time: Math.floor(report.happenedAt.getTime() / 1000),
      action_source: "system_generated",
      user_data: lead.userData,
      custom_data: { ...worthOf(stage, report), ...crmFields(lead, report) },
      ...(lead.kind === "form" && {
        original_event_data: {
          event_name: lead.sentAs,
          event_time: Math.floor(lead.happenedAt.getTime() / 1000),
          // A form's lead has the ID of its event.
          event_id: lead.leadId as EventId,
        },
      }),
    },
    settingsVersion,
    orderId: report.orderId ?? null,
    checkoutToken: null,
    region: null,
    state: "joining",
    reason: null,
    joinForMs: 0,
    signal: lead.signal,
    browserLeg: null,
  };
}

function worthOf({ value, currency, predictedLtv }: FunnelStage, { worth }: StageReport): CustomData {
  if (currency === null) return { ...worth };
  const amount = worth ?? (value === null ? null : { value, currency });
  // The event has one currency.
  const hasLtv = predictedLtv !== null && (amount === null || amount.currency === currency);
  return { ...amount, ...(hasLtv && { predicted_ltv: predictedLtv, currency }) };
}

const crmFields = ({ kind }: Lead, { crm = NAME_OF_CRM }: StageReport): CustomData =>
  LEAD_KINDS[kind].hasCrmFields ? { event_source: "crm", lead_event_source: crm } : {};

/** What a lead keeps of its event's match keys: the browser's address and name belong to that one visit. */
export const identifiersOfLead = ({
  client_ip_address: _ip,
  client_user_agent: _userAgent,
  ...identifiers
}: UserData): UserData => identifiers;
