import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName, SentName } from "../event-contract/event-name.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import type { PixelId } from "../settings/types.ts";

/** `form`: of the shop's own pages; `instant-form`: of Meta's, known by Meta's `lead_id`. */
export type LeadKind = "form" | "instant-form";

/** The campaign parameters of the page on which the visit began, as text: `utm_source` and so on, and `fbclid`. */
export type Campaign = Readonly<Record<string, string>>;

/** A lead before it is stored, with the event of its form or of its first stage. */
export type NewLead = {
  readonly leadId: string;
  readonly kind: LeadKind;
  readonly action: EventName;
  readonly sentAs: SentName;
  readonly happenedAt: Date;
  readonly externalId: string | null;
  /** Hashes, Meta's cookies and `lead_id`; neither IP address nor user agent. Empty for a lead that declined. */
  readonly userData: UserData;
  readonly signal: ConsentSignal | null;
  readonly page: string | null;
  readonly campaign: Campaign | null;
  /** The pixels that were sent the form's event, and get its stages; null: any that take them. */
  readonly pixelIds: readonly PixelId[] | null;
  readonly settingsVersion: number;
};

export type Lead = NewLead & { readonly shop: ShopDomain };

/** How a report names its lead. Email addresses and phone numbers come as Meta's hashes. */
export type LeadName = {
  readonly by: "event-id" | "external-id" | "lead-id" | "email" | "phone" | "customer";
  readonly value: string;
};

/** Who says so. The first stage of a form's lead comes with the form; `crm`: a CRM's webhook; `csv`: a file; `tag`: a
 * customer's tag; `metafield`: a customer's metafield; `flow`: an action in Shopify Flow; `hand`: somebody on the lead's page. */
export type StageSource = "form" | "order" | "api" | "crm" | "csv" | "tag" | "metafield" | "flow" | "hand";

/**
 * What became of a report. `accepted`: the stage is reached and its event is in the ledger. `reopened` and
 * `disqualified-again` change the lead and make no event. Every other one changes nothing. All are listed, except
 * `key-reused`, because the row of its key is another report's, and `invalid`, which no rule could be applied to.
 */
export const STAGE_OUTCOMES = [
  "accepted",
  "duplicate",
  "key-reused",
  "invalid",
  "reopened",
  "disqualified-again",
  "unknown-stage",
  "unknown-lead",
  "ambiguous",
  "declined-consent",
  "consent-unknown",
  "in-future",
  "too-old",
  "before-lead",
  "after-disqualified",
  "out-of-order",
] as const;
export type StageOutcome = (typeof STAGE_OUTCOMES)[number];

/** A report that a lead reached a stage, from any way in. */
export type StageReport = {
  readonly lead: LeadName;
  /** A stage of the funnel by its key or name, or `reopen`. */
  readonly stage: string;
  readonly happenedAt: Date;
  readonly source: StageSource;
  /** The same report has the same key, within its source. */
  readonly idempotencyKey: string;
  /** A digest of what was sent, so that a key that is used for something else is noticed. */
  readonly digest: string;
  /** What this lead is worth at the stage, instead of the funnel's amount. */
  readonly worth?: { readonly value: number; readonly currency: string };
  /** The name of the CRM, for Meta. */
  readonly crm?: string;
  /** Of a lead from an Instant Form: when it was made, and what it said of consent. */
  readonly leadAt?: Date;
  readonly consent?: "granted" | "declined";
  /** The order that closes the lead. */
  readonly orderId?: OrderId;
};

/** A stored report, as it is written and listed. */
export type StageRow = {
  readonly leadId: string | null;
  readonly namedBy: LeadName["by"];
  readonly named: string | null;
  /** The stage's key; for `unknown-stage` the word that was sent. */
  readonly stage: string;
  readonly happenedAt: Date;
  readonly source: StageSource;
  readonly idempotencyKey: string;
  readonly digest: string;
  readonly outcome: StageOutcome;
  readonly eventId: EventId | null;
  readonly orderId: OrderId | null;
};

/** A lead with what is known of its way. */
export type LeadState = {
  readonly lead: Lead;
  readonly reached: readonly { readonly stage: string; readonly happenedAt: Date }[];
  readonly isDisqualified: boolean;
};
