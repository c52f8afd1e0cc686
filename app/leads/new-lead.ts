import type { NewEvent, Decision } from "../outbox/types.ts";
import type { Funnel } from "../settings/types.ts";
import { identifiersOfLead } from "./stage-event.ts";
import type { Campaign, NewLead, StageRow } from "./types.ts";

/** The actions of the shop's own forms. */
const OF_FORMS: readonly string[] = ["Lead", "Contact", "CompleteRegistration"];

/** What a form says of a lead besides its event. */
export type FormDetails = { readonly reference?: string | undefined; readonly campaign?: Campaign | null | undefined };

type Sent = { readonly decision: Decision | null; readonly details: FormDetails; readonly funnel: Funnel };

/**
 * The event of a form together with its lead and the lead's first stage, which are stored with it. Any other event is
 * unchanged; so is one of a bot.
 */
export function withLead(event: NewEvent, { decision, details, funnel }: Sent): NewEvent {
  if (!OF_FORMS.includes(event.body.event_name) || event.state !== "joining") return event;
  const lead = leadOf(event, { decision, details });
  return { ...event, lead, stage: firstStage(lead, funnel) };
}

function leadOf(event: NewEvent, { decision, details }: Omit<Sent, "funnel">): NewLead {
  const { body, signal, settingsVersion } = event;
  return {
    leadId: body.event_id,
    kind: "form",
    // Not renamed before the decision.
    action: body.event_name as NewLead["action"],
    ...sentBy(decision, body),
    happenedAt: new Date(body.event_time * 1000),
    externalId: details.reference ?? null,
    ...(signal?.marketing === false ? NOTHING : personalOf(body, details)),
    signal,
    settingsVersion,
  };
}

const sentBy = (decision: Decision | null, body: NewEvent["body"]): Pick<NewLead, "sentAs" | "pixelIds"> =>
  decision?.kind === "send"
    ? { sentAs: decision.body.event_name, pixelIds: decision.to }
    : { sentAs: body.event_name, pixelIds: null };

// What will never be sent is not stored.
const NOTHING = { userData: {}, page: null, campaign: null } as const;

const personalOf = (body: NewEvent["body"], { campaign = null }: FormDetails) => ({
  userData: identifiersOfLead(body.user_data),
  page: body.event_source_url ?? null,
  campaign,
});

/** The form is the lead's first stage. */
const firstStage = (lead: NewLead, { stages }: Funnel): StageRow => ({
  leadId: lead.leadId,
  namedBy: "event-id",
  named: lead.leadId,
  stage: stages[0]?.key ?? "lead",
  happenedAt: lead.happenedAt,
  source: "form",
  idempotencyKey: lead.leadId,
  digest: "",
  outcome: "accepted",
  eventId: lead.leadId as StageRow["eventId"],
  orderId: null,
});
