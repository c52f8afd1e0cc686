import { createHmac, type KeyObject, sign } from "node:crypto";
import type { HookPreset } from "../../app/leads/hooks/types.ts";
import {
  GENERIC,
  GOHIGHLEVEL,
  HUBSPOT,
  PIPEDRIVE,
  SALESFORCE_FLOW,
  SALESFORCE_MESSAGE,
} from "../fixtures/crm-bodies.ts";

/** One report, as somebody sees it who works in the CRM. `reference`: the record's number; `delivery`: tells two apart. */
export type InCrm = {
  readonly email: string;
  readonly reference: string;
  readonly stage: string;
  readonly at: Date;
  readonly delivery: number;
};

/** Where the CRM sends to, and what it signs with. */
export type Connection = {
  /** As it was entered in the CRM. */
  readonly url: string;
  readonly secret: string;
  /** HighLevel's own. */
  readonly privateKey: KeyObject;
};

export type CrmRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Pipedrive knows stages by their numbers. */
export const PIPEDRIVE_STAGES: Readonly<Record<string, number>> = { qualified: 2, won: 5 };

const json = (value: unknown): string => JSON.stringify(value);

/** What each CRM sends about such a report; the fields that do not matter are those of the recorded shapes. */
const BODIES: Readonly<Record<HookPreset, (report: InCrm) => string>> = {
  hubspot: ({ reference, stage, at, delivery }) => {
    const change = { objectId: Number(reference), propertyValue: stage, occurredAt: at.getTime() };
    return json([{ ...HUBSPOT[0], ...change, eventId: delivery }, HUBSPOT[1]]);
  },
  pipedrive: ({ reference, stage, at, delivery }) => {
    const data = { ...PIPEDRIVE.data, id: Number(reference), stage_id: PIPEDRIVE_STAGES[stage] ?? 0 };
    const meta = { ...PIPEDRIVE.meta, entity_id: reference, id: `event-${delivery}`, timestamp: at.toISOString() };
    return json({ ...PIPEDRIVE, data, meta });
  },
  "salesforce-flow": ({ email, stage, at, delivery }) => {
    const offset = at.toISOString().replace("Z", "+0000");
    return json({ ...SALESFORCE_FLOW, id: `run-${delivery}`, email, stage, at: offset });
  },
  "salesforce-message": ({ email, stage, at, delivery }) =>
    SALESFORCE_MESSAGE.replace("ada@example.com", email)
      .replace(">qualified<", `>${stage}<`)
      .replace("04l5g00000nrC5BAAU", `04l5g00000${delivery}`)
      .replace("2026-11-30T09:15:00.000Z", at.toISOString()),
  gohighlevel: ({ reference, stage, at, delivery }) => {
    const change = { contactId: reference, pipelineStageId: stage, timestamp: at.toISOString() };
    return json({ ...GOHIGHLEVEL, ...change, webhookId: `delivery-${delivery}` });
  },
  generic: ({ reference, stage, at, delivery }) =>
    json({ ...GENERIC, id: `change-${delivery}`, externalId: reference, stage, at: at.toISOString() }),
};

type Headers = CrmRequest["headers"];
const JSON_TYPE = { "content-type": "application/json" };

/** How each CRM proves that a body is its own, at this moment. */
const PROOFS: Readonly<Record<HookPreset, (body: string, connection: Connection) => Headers>> = {
  hubspot: (body, { url, secret }) => {
    const time = String(Date.now());
    const signature = createHmac("sha256", secret).update(`POST${url}${body}${time}`).digest("base64");
    return { ...JSON_TYPE, "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": time };
  },
  pipedrive: (_body, { secret }) => {
    const authorization = `Basic ${Buffer.from(`tandem:${secret}`).toString("base64")}`;
    return { ...JSON_TYPE, authorization };
  },
  "salesforce-flow": (_body, { secret }) => ({ ...JSON_TYPE, authorization: `Bearer ${secret}` }),
  // The address has it.
  "salesforce-message": () => ({ "content-type": "text/xml; charset=utf-8" }),
  gohighlevel: (body, { privateKey }) => ({
    ...JSON_TYPE,
    "x-ghl-signature": sign(null, Buffer.from(body), privateKey).toString("base64"),
  }),
  generic: (body, { secret }) => {
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
    return { ...JSON_TYPE, "x-tandem-timestamp": time, "x-tandem-signature": `sha256=${signature}` };
  },
};

/** The headers by which a CRM proves this body. */
export const proofOf = (preset: HookPreset, body: string, connection: Connection): Headers =>
  PROOFS[preset](body, connection);

export function crmRequest(preset: HookPreset, report: InCrm, connection: Connection): CrmRequest {
  const body = BODIES[preset](report);
  return { headers: proofOf(preset, body, connection), body };
}

/** The accounts that the recorded shapes are from, for the addresses that must be bound to one. */
export const ACCOUNTS: Readonly<Partial<Record<HookPreset, string>>> = {
  "salesforce-message": "00D5g000000ABCDEA2",
  gohighlevel: GOHIGHLEVEL.locationId,
};

/** What HubSpot signs with: the client secret of the merchant's app there. */
export const HUBSPOT_SECRET = "client-secret-of-the-app";
