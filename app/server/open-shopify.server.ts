import type { Database } from "../database/db.server.ts";
import type { Env } from "../env/env.server.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { Sealer } from "../database/sealing.server.ts";
import { createConsentPolicies } from "../consent/consent-policy.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import { createUnitCosts } from "../costs/unit-costs.server.ts";
import { createUnderWay } from "./under-way.server.ts";
import { createShopify, type ShopifyConnection } from "../shopify.server.ts";
import { askSaleOptOuts, readConsentPolicy, readDuePolicies } from "../jobs/refresh-consent-policies.server.ts";
import { type AskCostsDeps, costsOfSoldVariants, readDueCosts } from "../jobs/refresh-unit-costs.server.ts";
import { createPublisher } from "../jobs/publisher.server.ts";
import { publishSettings } from "../jobs/publish-settings.server.ts";

type ShopifyParts = {
  readonly env: Env;
  readonly database: Database;
  readonly sealer: Sealer;
  readonly settings: SettingsStore;
  readonly log: Log;
  readonly now: () => Date;
};

/** Everything that calls Shopify, and the steps after a sign-in. Makes no request by itself. */
export function openShopify({ env, database, sealer, settings, log, now }: ShopifyParts) {
  const policies = createConsentPolicies(database.prisma, now);
  const asking = { admin: (shop: ShopDomain) => connection.offlineAdmin(shop), policies, log };
  const unitCosts = createUnitCosts(database.prisma, now);
  const costs: AskCostsDeps = { admin: asking.admin, profile: settings.profile, unitCosts, log };
  const underWay = createUnderWay();
  const publisher = createPublisher({
    publishSettings: (shop) => publishSettings(shop, { settings, admin: asking.admin, appUrl: env.appUrl, log }),
    settings,
    underWay: underWay.add,
    log,
  });
  const connection: ShopifyConnection = createShopify({
    env,
    database,
    sealer,
    log,
    now,
    beginInstallation: settings.beginInstallation,
    onAuthenticated: async ({ shop }) => underWay.add(atFirst(shop)),
  });
  // Errors are only logged: the next rounds of publishing and policy reading retry.
  const atFirst = async (shop: ShopDomain): Promise<void> => {
    const published = publisher.publishAnew(shop);
    await published.catch((error: unknown) => log.error("settings.publish-failed", { shop, error }));
    await readConsentPolicy(shop, asking).catch((error: unknown) =>
      log.error("consent.policy-unavailable", { shop, error }),
    );
  };
  return {
    connection,
    publish: publisher.publish,
    beginPublishing: publisher.begin,
    underWay,
    policies,
    saleOptOuts: (shop: ShopDomain, orders: readonly OrderId[]) => askSaleOptOuts(shop, orders, asking),
    readDuePolicies: () => readDuePolicies(asking),
    unitCosts,
    costsOfSold: costsOfSoldVariants(costs),
    readDueCosts: () => readDueCosts(costs),
  };
}
