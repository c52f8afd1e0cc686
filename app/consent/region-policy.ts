import { requiresConsent } from "./regions-requiring-consent.ts";
import type { ConsentPolicy, PolicyUsed, RegionPolicy } from "./types.ts";

/** The rule for `US-CA`: the shop's rule for California, else its rule for the United States. */
const ruleOf = <Requirement extends keyof RegionPolicy>(
  policy: ConsentPolicy,
  region: string,
  requirement: Requirement,
): boolean | null => policy.regions[region]?.[requirement] ?? policy.regions[region.slice(0, 2)]?.[requirement] ?? null;

/** Whether marketing requires the visitor's prior consent, and whose rule says so. */
export function consentRule(region: string, policy: ConsentPolicy | null): readonly [boolean, PolicyUsed] {
  const own = policy === null ? null : ruleOf(policy, region, "consentRequired");
  return policy === null || own === null
    ? [requiresConsent(region), { source: "default" }]
    : [own, { source: "shop", readAt: policy.readAt }];
}

/** Whether the shop lets people in this region opt out of the sale of their data, so a customer may have done so. */
export const offersSaleOptOut = (region: string | null, policy: ConsentPolicy | null): boolean =>
  region !== null && policy !== null && ruleOf(policy, region, "saleOptOut") === true;
