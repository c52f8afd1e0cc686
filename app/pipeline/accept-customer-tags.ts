import type { ShopDomain } from "../event-contract/event-id.ts";
import type { StageReport } from "../leads/types.ts";
import { funnelOf } from "../settings/funnel.ts";
import { REOPEN } from "../settings/stages.ts";
import type { FunnelStage, ShopProfile } from "../settings/types.ts";
import type { PayloadProblem, VerifiedWebhook } from "../shopify/types.ts";
import { parseCustomerTags, type TagsChanged } from "../shopify/webhooks/parse-customer-tags.ts";
import type { AcceptedAppWebhook } from "./accept-app-webhook.ts";
import { type Kept, quarantined } from "./quarantined.ts";
import { reachStages, type ReachStagesDeps } from "./reach-stages.ts";
import { customerNamed, digestOfSaid } from "./reports-from-request.ts";

export type AcceptCustomerTagsDeps = ReachStagesDeps & {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly quarantine: (webhook: VerifiedWebhook, problem: PayloadProblem) => Promise<Kept>;
};

/**
 * `customer.tags_added` and `customer.tags_removed`: a stage whose tag a customer gets is reached by the lead that the
 * customer is. A tag that is taken away undoes nothing, except that of a disqualification, which opens the lead again.
 */
export async function acceptCustomerTags(
  webhook: VerifiedWebhook,
  deps: AcceptCustomerTagsDeps,
): Promise<Pick<AcceptedAppWebhook, "kind">> {
  const profile = await deps.profile(webhook.shop);
  if (profile === null) return { kind: "unknown-shop" };
  const parsed = parseCustomerTags(webhook.topic, webhook.body);
  if (!parsed.ok) return { kind: (await quarantined(webhook, parsed.problem, deps)).kind };
  const reports = profile.installed ? reportsOf(parsed.value, funnelOf(profile.settings).stages, webhook) : [];
  if (reports.length > 0) await reachStages(reports, profile, deps);
  return { kind: "answered" };
}

function reportsOf(
  { kind, customerId, tags, occurredAt }: TagsChanged,
  stages: readonly FunnelStage[],
  { webhookId }: VerifiedWebhook,
): readonly StageReport[] {
  const sent = new Set(tags.map((tag) => tag.trim().toLowerCase()));
  const tagged = stages.filter(({ customerTag }) => customerTag != null && sent.has(customerTag.toLowerCase()));
  const meant = kind === "added" ? tagged.map(({ key }) => key) : reopened(tagged);
  const lead = customerNamed(customerId);
  return meant.map((stage): StageReport => {
    const said = { lead, stage, happenedAt: occurredAt };
    return { ...said, source: "tag", idempotencyKey: `${webhookId}#${stage}`, digest: digestOfSaid(said) };
  });
}

const reopened = (tagged: readonly FunnelStage[]): readonly string[] =>
  tagged.some((stage) => stage.kind === "disqualified") ? [REOPEN] : [];
