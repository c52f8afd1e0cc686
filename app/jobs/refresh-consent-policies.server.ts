import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { ConsentPolicies } from "../consent/consent-policy.server.ts";
import { inTime } from "../shopify/admin/answer-in-time.server.ts";
import {
  CONSENT_POLICY,
  consentRegions,
  SALE_OPT_OUTS,
  saleOptOuts,
} from "../shopify/admin/privacy-operations.server.ts";

export type AskConsentDeps = {
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  readonly policies: ConsentPolicies;
  readonly log: Log;
};

export type PolicyRead = "read" | "not-installed" | "unavailable";

/**
 * Reads the shop's privacy settings from Shopify. Called after an installation and once a day, never while handling a
 * webhook or a collector post. If Shopify does not answer, the last policy (or the default table) stays in force.
 */
export async function readConsentPolicy(shop: ShopDomain, deps: AskConsentDeps): Promise<PolicyRead> {
  const admin = await deps.admin(shop);
  if (admin === null) return "not-installed";
  const answer = await admin(CONSENT_POLICY);
  if (answer.kind !== "answered") {
    await deps.policies.noteProblem(shop, answer.message);
    deps.log.warn("consent.policy-unavailable", { shop, problem: answer.message });
    return "unavailable";
  }
  const regions = consentRegions(answer.data);
  await deps.policies.save(shop, regions);
  deps.log.info("consent.policy-read", { shop, regions: Object.keys(regions).length });
  return "read";
}

const SHOPS_PER_ROUND = 200;

/** Reads policies that are a day old, one shop after another. Never throws: the next round retries. */
export async function readDuePolicies(deps: AskConsentDeps): Promise<void> {
  for (const shop of await deps.policies.due(SHOPS_PER_ROUND)) {
    try {
      await readConsentPolicy(shop, deps);
    } catch (error) {
      deps.log.error("consent.policy-unavailable", { shop, error });
    }
  }
}

// Shopify's own limit for `nodes`.
const ORDERS_PER_REQUEST = 250;
// The shop's other events wait meanwhile. Without an answer the use of the data is limited, and no event is lost.
const LONGEST_WAIT_MS = 5_000;

/** Whether the orders' customers opted out of the sale of their data. An order without an answer is absent. */
export async function askSaleOptOuts(
  shop: ShopDomain,
  orders: readonly OrderId[],
  deps: Pick<AskConsentDeps, "admin" | "log">,
): Promise<ReadonlyMap<OrderId, boolean>> {
  const admin = await deps.admin(shop);
  const known = new Map<OrderId, boolean>();
  for (let from = 0; admin !== null && from < orders.length; from += ORDERS_PER_REQUEST) {
    const ids = orders.slice(from, from + ORDERS_PER_REQUEST).map((id) => `gid://shopify/Order/${id}`);
    const answer = await inTime(admin(SALE_OPT_OUTS, { ids }), LONGEST_WAIT_MS);
    if (answer.kind !== "answered") {
      deps.log.warn("consent.opt-outs-unavailable", { shop, orders: ids.length, problem: answer.message });
      return known;
    }
    for (const [order, optedOut] of saleOptOuts(answer.data)) known.set(order, optedOut);
  }
  return known;
}
