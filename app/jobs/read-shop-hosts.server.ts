import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import { SHOP_DOMAINS, shopHosts } from "../shopify/admin/domain-operations.server.ts";

type ReadHostsDeps = {
  readonly admin: AdminGraphql;
  readonly settings: Pick<SettingsStore, "recordHosts">;
  readonly log: Log;
};

/**
 * Records on which hosts the shop's pages are, for the collector. Without an answer the hosts from the last reading
 * stay.
 */
export async function readShopHosts(shop: ShopDomain, { admin, settings, log }: ReadHostsDeps): Promise<void> {
  const answer = await admin(SHOP_DOMAINS);
  const hosts = answer.kind === "answered" ? shopHosts(answer.data) : null;
  if (hosts === null) log.warn("installation.hosts-not-read", { shop, answer: answer.kind });
  else await settings.recordHosts(shop, hosts);
}
