import { HookMapping } from "./mapping-schema.ts";
import type { HookPreset } from "./types.ts";

export type Preset = {
  /** The name that Meta is sent. */
  readonly crm: string;
  /** How a request proves where it comes from (verify-hook.server.ts). */
  readonly scheme: "hubspot-v3" | "basic" | "bearer" | "secret-in-address" | "gohighlevel" | "hmac";
  /** Who makes the secret: Tandem, or the CRM. `none`: the CRM signs with its own key pair. */
  readonly secretFrom: "tandem" | "crm" | "none";
  readonly format: "json" | "soap";
  /** Where the body, or each item of one that is a list, names the account that sent it; null where it does not. */
  readonly account: string | null;
  /** Whether an address has to be bound to one account, because the signature proves the CRM and not the merchant. */
  readonly needsAccount: boolean;
  readonly mapping: HookMapping;
};

const mapping = (given: Parameters<typeof HookMapping.parse>[0]): HookMapping => HookMapping.parse(given);

/** What each CRM sends, from its public documentation, read on 2026-11-30. */
export const PRESETS: Readonly<Record<HookPreset, Preset>> = {
  // developers.hubspot.com, "Webhooks API" and "Create generic webhook subscriptions" (2026-11-30): a list of up to 100
  // changes, of the older types and of `object.propertyChange`. `eventId` "is not guaranteed to be unique", so the record
  // and the time are part of a report's name; a repetition differs in `attemptNumber` alone.
  hubspot: {
    crm: "HubSpot",
    scheme: "hubspot-v3",
    secretFrom: "crm",
    format: "json",
    account: "/portalId",
    needsAccount: false,
    mapping: mapping({
      when: [
        { path: "/subscriptionType", is: ["deal.propertyChange", "contact.propertyChange", "object.propertyChange"] },
        { path: "/propertyName", is: ["dealstage", "lifecyclestage", "hs_lead_status", "hs_pipeline_stage"] },
      ],
      lead: [{ by: "externalId", path: "/objectId" }],
      stage: { path: "/propertyValue" },
      at: { path: "/occurredAt" },
      id: ["/subscriptionId", "/eventId", "/objectId", "/occurredAt"],
    }),
  },
  // pipedrive.readme.io, "Guide for Webhooks v2" (2026-11-30): `data` is the deal, `meta.id` the event, `meta.attempt` counts
  // repetitions, `meta.timestamp` has an offset. There is no signature, but HTTP Basic with the webhook's own user.
  pipedrive: {
    crm: "Pipedrive",
    scheme: "basic",
    secretFrom: "tandem",
    format: "json",
    account: "/meta/company_id",
    needsAccount: false,
    mapping: mapping({
      when: [
        { path: "/meta/entity", is: ["deal"] },
        { path: "/meta/action", is: ["create", "change"] },
      ],
      lead: [{ by: "externalId", path: "/data/id" }],
      stage: { path: "/data/stage_id" },
      at: { path: "/meta/timestamp" },
      value: "/data/value",
      currency: { path: "/data/currency" },
      id: ["/meta/id"],
    }),
  },
  // help.salesforce.com, "HTTP Callout" in Flow: the body is the merchant's own, the named credential adds the header.
  "salesforce-flow": {
    crm: "Salesforce",
    scheme: "bearer",
    secretFrom: "tandem",
    format: "json",
    account: null,
    needsAccount: false,
    mapping: mapping({
      lead: [
        { by: "externalId", path: "/externalId" },
        { by: "email", path: "/email" },
        { by: "phone", path: "/phone" },
      ],
      stage: { path: "/stage" },
      at: { path: "/at", offset: "Z" },
      value: "/value",
      currency: { path: "/currency" },
      id: ["/id"],
    }),
  },
  // "Outbound Messaging" in the SOAP API Developer Guide: up to 100 notifications; a repetition keeps its notification's ID.
  "salesforce-message": {
    crm: "Salesforce",
    scheme: "secret-in-address",
    secretFrom: "tandem",
    format: "soap",
    account: "/OrganizationId",
    needsAccount: true,
    mapping: mapping({
      items: "/Notification",
      lead: [
        { by: "email", path: "/sObject/Email" },
        { by: "externalId", path: "/sObject/Id" },
      ],
      stage: { path: "/sObject/Status" },
      at: { path: "/sObject/SystemModstamp" },
      id: ["/Id"],
    }),
  },
  // marketplace.gohighlevel.com, "OpportunityStageUpdate" and "OpportunityStatusUpdate"; `webhookId` is one delivery's.
  gohighlevel: {
    crm: "GoHighLevel",
    scheme: "gohighlevel",
    secretFrom: "none",
    format: "json",
    account: "/locationId",
    needsAccount: true,
    mapping: mapping({
      when: [{ path: "/type", is: ["OpportunityStageUpdate", "OpportunityStatusUpdate", "OpportunityCreate"] }],
      lead: [{ by: "externalId", path: "/contactId" }],
      stage: { path: "/pipelineStageId" },
      id: ["/webhookId"],
    }),
  },
  generic: {
    crm: "CRM",
    scheme: "hmac",
    secretFrom: "tandem",
    format: "json",
    account: null,
    needsAccount: false,
    mapping: mapping({
      lead: [
        { by: "eventId", path: "/eventId" },
        { by: "externalId", path: "/externalId" },
        { by: "leadId", path: "/leadId" },
        { by: "email", path: "/email" },
        { by: "phone", path: "/phone" },
      ],
      stage: { path: "/stage" },
      at: { path: "/at" },
      value: "/value",
      currency: { path: "/currency" },
      consent: "/consent",
      id: ["/id"],
    }),
  },
};
