import { z } from "zod";
import { type ShopDomain, shopDomain } from "../../event-contract/event-id.ts";
import type { Parsed } from "../types.ts";
import { parsedPayload } from "../webhooks/parsed-payload.ts";

/** A shop switched on its first workflow with a trigger of the app, or switched off the last. */
export type WorkflowChange = {
  readonly shop: ShopDomain;
  /** The trigger as Shopify calls it, in lower case. */
  readonly definition: string;
  readonly isEnabled: boolean;
  /** Of two changes the one with the newer time holds, whichever comes first. */
  readonly at: Date;
};

// shopify.dev, "Track Flow lifecycle events", 2026-11.
const Payload = z.object({
  flow_trigger_definition_id: z.string().trim().min(1).max(200),
  has_enabled_flow: z.boolean(),
  shopify_domain: z.string().max(255),
  timestamp: z.iso.datetime({ offset: true }),
});

export function parseWorkflowChange(body: string): Parsed<WorkflowChange> {
  const parsed = parsedPayload(body, Payload, "not-an-app-request");
  if (!parsed.ok) return parsed;
  const { flow_trigger_definition_id: definition, has_enabled_flow: isEnabled, timestamp } = parsed.value;
  const shop = shopDomain(parsed.value.shopify_domain);
  if (shop === null) {
    return { ok: false, problem: { code: "not-an-app-request", detail: "shopify_domain: not a shop's domain" } };
  }
  return { ok: true, value: { shop, definition: definition.toLowerCase(), isEnabled, at: new Date(timestamp) } };
}
