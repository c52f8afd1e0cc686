import { z } from "zod";
import { type ShopDomain, shopDomain } from "../../event-contract/event-id.ts";
import type { Parsed } from "../types.ts";
import { parsedPayload } from "../webhooks/parsed-payload.ts";

/** The handle of the action, as its extension file has it. */
export const SEND_STAGE = "tandem-send-stage";

/** One run of the action "Send stage to Meta" in a workflow of the shop. An empty field is null. */
export type ActionRun = {
  readonly shop: ShopDomain;
  /** The same for every repetition of the run. */
  readonly runId: string;
  /** Which action it is; null in requests of extensions that Shopify made before handles. */
  readonly handle: string | null;
  readonly fields: Readonly<Record<ActionField, string | null>>;
};

/** The fields of every version of the action, as keys of `properties`. A field that is dropped one day stays here. */
export const ACTION_FIELDS = [
  "lead_reference",
  "customer_id",
  "email",
  "stage",
  "value",
  "currency",
  "reached_at",
] as const;
export type ActionField = (typeof ACTION_FIELDS)[number];

const LONGEST_TEXT = 500;

// A number field comes as text or as a number (shopify.dev, "Create Flow action endpoints", 2026-11: "amount": "10.00").
const Field = z
  .union([z.string().max(LONGEST_TEXT), z.number()])
  .nullish()
  .transform((sent) => (sent == null ? null : String(sent).trim() || null));

// A workflow that was saved before the action changed sends the fields of then (changelog of 2026-07-07): whatever is not
// known is ignored, and whatever is missing is empty.
const Payload = z.object({
  shopify_domain: z.string().max(255),
  action_run_id: z.union([z.string().min(1).max(200), z.number()]).transform(String),
  handle: z.string().max(200).nullish(),
  properties: z.object(Object.fromEntries(ACTION_FIELDS.map((name) => [name, Field] as const))).nullish(),
});

/** The body of a signed request to the action's runtime URL. */
export function parseActionRun(body: string): Parsed<ActionRun> {
  const parsed = parsedPayload(body, Payload, "not-an-app-request");
  if (!parsed.ok) return parsed;
  const { shopify_domain: domain, action_run_id: runId, handle, properties } = parsed.value;
  const shop = shopDomain(domain);
  if (shop === null) {
    return { ok: false, problem: { code: "not-an-app-request", detail: "shopify_domain: not a shop's domain" } };
  }
  return { ok: true, value: { shop, runId, handle: handle ?? null, fields: fieldsOf(properties ?? {}) } };
}

const fieldsOf = (sent: Readonly<Record<string, string | null>>): ActionRun["fields"] => ({
  lead_reference: sent["lead_reference"] ?? null,
  customer_id: sent["customer_id"] ?? null,
  email: sent["email"] ?? null,
  stage: sent["stage"] ?? null,
  value: sent["value"] ?? null,
  currency: sent["currency"] ?? null,
  reached_at: sent["reached_at"] ?? null,
});
