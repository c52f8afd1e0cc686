import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PublishedSettings } from "../event-contract/published-settings.ts";
import type { Log } from "../logging/logger.server.ts";
import { publishedSettingsOf } from "../settings/published-settings-of.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import { adminAnswer, mustBeEmpty, Refusal } from "./asking-shopify.ts";
import { followCustomerMetafield } from "./follow-customer-metafield.server.ts";
import { readShopHosts } from "./read-shop-hosts.server.ts";
import {
  CREATE_WEB_PIXEL,
  CURRENT_WEB_PIXEL,
  currentWebPixel,
  metafieldErrors,
  PUBLISH_METAFIELDS,
  SHOP_FACTS,
  shopFacts,
  UPDATE_WEB_PIXEL,
  webPixelAnswer,
  type WebPixelAnswer,
} from "../shopify/admin/publish-operations.server.ts";

export type PublishDeps = {
  readonly settings: SettingsStore;
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  /** The app's origin, for the collector's URL. */
  readonly appUrl: string;
  readonly log: Log;
};

export type Published =
  | { readonly kind: "published"; readonly version: number; readonly webPixelId: string }
  | { readonly kind: "not-installed" }
  /** As settings/publish-problem.ts stores it; shown on Home and in the settings, and retried by the next round and save. */
  | { readonly kind: "shopify-refused"; readonly problem: string };

/**
 * Publishes the settings for the browser: to the web pixel through its settings, to the theme embed through an app-data
 * metafield; and keeps the subscription to the customers' metafield that the funnel names. Begun by an installation and
 * by a save (publisher.server.ts); no request waits for it, because it calls Shopify.
 */
export async function publishSettings(shop: ShopDomain, deps: PublishDeps): Promise<Published> {
  const installed = (await deps.settings.profile(shop))?.installed === true;
  const admin = installed ? await deps.admin(shop) : null;
  if (admin === null) return { kind: "not-installed" };

  const { webPixelId: known, publishedVersion: replaces } = await deps.settings.publishState(shop);
  try {
    const { installationId, currency, timezone, name, plan, country } = shopFacts(await adminAnswer(admin, SHOP_FACTS));
    await deps.settings.recordShop(shop, { name, currency, timezone, plan, contentCountry: country });

    // Read after recordShop, because the shop's country may have created a new version.
    const profile = await deps.settings.profile(shop);
    if (profile === null) return { kind: "not-installed" };
    const published = publishedSettingsOf(profile, deps.appUrl);

    await publishMetafields(admin, installationId, published);
    const webPixelId = await publishWebPixel(admin, { known, published });
    await followCustomerMetafield(profile, { admin, appUrl: deps.appUrl });

    await deps.settings.markPublished(shop, { version: published.version, webPixelId, replaces });
    deps.log.info("settings.published", { shop, version: published.version });
    await readShopHosts(shop, { ...deps, admin });
    return { kind: "published", version: published.version, webPixelId };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await deps.settings.markPublishProblem(shop, error.problem);
    deps.log.warn("settings.publish-failed", { shop, problem: error.message });
    return { kind: "shopify-refused", problem: error.problem };
  }
}

const SHOPS_PER_ROUND = 20;
// Settings saved this recently are being published by the process that saved them; a second run would interfere.
const LEFT_TO_THE_SAVER_MS = 15_000;

type RoundDeps = {
  readonly publish: (shop: ShopDomain) => Promise<unknown>;
  readonly settings: Pick<SettingsStore, "takeShopsBehind">;
  readonly now: () => Date;
  readonly log: Log;
};

/** Publishes outdated shops, one after another. A failed shop does not block the others; a later round retries it. */
export async function publishOutdatedSettings({ publish, settings, now, log }: RoundDeps): Promise<void> {
  const at = now();
  const savedBefore = new Date(at.getTime() - LEFT_TO_THE_SAVER_MS);
  for (const shop of await settings.takeShopsBehind({ savedBefore, limit: SHOPS_PER_ROUND, now: at })) {
    await publish(shop).catch((error: unknown) => log.error("settings.publish-failed", { shop, error }));
  }
}

async function publishMetafields(admin: AdminGraphql, ownerId: string, published: PublishedSettings): Promise<void> {
  const own = { ownerId, namespace: "tandem" };
  const metafields = [
    { ...own, key: "settings", type: "json", value: JSON.stringify(published) },
    // For the theme: a block cannot check whether a JSON list is empty.
    { ...own, key: "enabled", type: "boolean", value: String(published.pixels.length > 0) },
  ];
  mustBeEmpty(metafieldErrors(await adminAnswer(admin, PUBLISH_METAFIELDS, { metafields })));
}

/** Updates the web pixel, or creates it if the shop has none. The stored ID may be outdated in both directions. */
async function publishWebPixel(
  admin: AdminGraphql,
  { known, published }: { known: string | null; published: PublishedSettings },
): Promise<string> {
  const webPixel = { settings: { config: JSON.stringify(published) } };
  const update = async (id: string): Promise<WebPixelAnswer> =>
    webPixelAnswer(await adminAnswer(admin, UPDATE_WEB_PIXEL, { id, webPixel }));

  const updated = known === null ? null : await update(known);
  if (updated !== null && !hasCode(updated, "NOT_FOUND")) return idOf(updated);

  const created = webPixelAnswer(await adminAnswer(admin, CREATE_WEB_PIXEL, { webPixel }));
  if (!hasCode(created, "TAKEN")) return idOf(created);

  const current = currentWebPixel(await adminAnswer(admin, CURRENT_WEB_PIXEL));
  return idOf(current === null ? created : await update(current));
}

const hasCode = ({ errors }: WebPixelAnswer, code: string): boolean => errors.some((error) => error.code === code);

function idOf({ id, errors }: WebPixelAnswer): string {
  mustBeEmpty(errors);
  if (id === null) throw new Refusal({ code: "web-pixel-unnamed" });
  return id;
}
