import { storableText } from "../event-contract/storable-text.ts";
import type { StageReport } from "../leads/types.ts";
import { metafieldNamed, type MetafieldName } from "../settings/customer-metafield.ts";
import { funnelOf } from "../settings/funnel.ts";
import type { VerifiedWebhook } from "../shopify/types.ts";
import { type CustomerUpdated, parseCustomerUpdate } from "../shopify/webhooks/parse-customer-update.ts";
import type { AcceptedAppWebhook } from "./accept-app-webhook.ts";
import type { AcceptCustomerTagsDeps } from "./accept-customer-tags.ts";
import { quarantined } from "./quarantined.ts";
import { reachStages } from "./reach-stages.ts";
import { customerNamed, digestOfSaid } from "./reports-from-request.ts";

export type AcceptCustomerMetafieldDeps = AcceptCustomerTagsDeps;

/**
 * `customers/update`: the lead that the customer is reaches the stage that their metafield names. Shopify sends it for
 * every change of a customer, so a value is known by its metafield and its time, and the same one changes nothing again.
 */
export async function acceptCustomerMetafield(
  webhook: VerifiedWebhook,
  deps: AcceptCustomerMetafieldDeps,
): Promise<Pick<AcceptedAppWebhook, "kind">> {
  const profile = await deps.profile(webhook.shop);
  if (profile === null) return { kind: "unknown-shop" };
  const funnel = funnelOf(profile.settings);
  const metafield = metafieldNamed(funnel.customerMetafield);
  // A delivery of a subscription that is ending.
  if (metafield === null || !profile.installed) return { kind: "answered" };
  const parsed = parseCustomerUpdate(webhook.body);
  if (!parsed.ok) return { kind: (await quarantined(webhook, parsed.problem, deps)).kind };
  const report = reportOf(parsed.value, metafield);
  if (report !== null) await reachStages([report], profile, deps);
  return { kind: "answered" };
}

// As long as a stage's name.
const LONGEST_WORD = 50;

/** A longer text is no stage's name, and is listed by its beginning. */
function wordIn(value: string): string {
  const text = value.trim();
  return text.length <= LONGEST_WORD ? text : storableText(`${text.slice(0, LONGEST_WORD - 1)}…`);
}

function reportOf({ customerId, updatedAt, metafields }: CustomerUpdated, wanted: MetafieldName): StageReport | null {
  const metafield = metafields.find(({ namespace, key }) => namespace === wanted.namespace && key === wanted.key);
  const stage = wordIn(metafield?.value ?? "");
  if (metafield === undefined || stage === "") return null;
  const said = { lead: customerNamed(customerId), stage, happenedAt: metafield.set?.at ?? updatedAt };
  const digest = digestOfSaid(said);
  // Without its ID and time a value counts once for each customer.
  const idempotencyKey = metafield.set ? `${metafield.set.id}#${metafield.set.at.toISOString()}` : digest;
  return { ...said, source: "metafield", idempotencyKey, digest };
}
