import { requiresConsent } from "./regions-requiring-consent.ts";
import type { ConsentPolicy, PolicyUsed, RegionPolicy } from "./types.ts";

/** What holds in `US-CA`: what the shop says of California, else what it says of the United States. */
const ruleOf = <Asked extends keyof RegionPolicy>(
  policy: ConsentPolicy,
  region: string,
  asked: Asked,
): boolean | null => policy.regions[region]?.[asked] ?? policy.regions[region.slice(0, 2)]?.[asked] ?? null;

/** Whether marketing needs the visitor's consent beforehand, and whose rule says so. */
export function consentRule(region: string, policy: ConsentPolicy | null): readonly [boolean, PolicyUsed] {
  const own = policy === null ? null : ruleOf(policy, region, "consentRequired");
  return policy === null || own === null
    ? [requiresConsent(region), { source: "default" }]
    : [own, { source: "shop", readAt: policy.readAt }];
}

/** Whether the shop lets people of this region opt out of the sale of their data, so that a customer may have done so. */
export const offersSaleOptOut = (region: string | null, policy: ConsentPolicy | null): boolean =>
  region !== null && policy !== null && ruleOf(policy, region, "saleOptOut") === true;
