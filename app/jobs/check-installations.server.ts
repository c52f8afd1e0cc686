import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import type { DueCheck, Installations } from "../settings/installations.server.ts";
import type { AdminAnswer, AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import { Refusal } from "./asking-shopify.ts";
import { followCustomerMetafield, followsMetafield } from "./follow-customer-metafield.server.ts";
import { readShopHosts } from "./read-shop-hosts.server.ts";
import { CURRENT_WEB_PIXEL, currentWebPixel } from "../shopify/admin/publish-operations.server.ts";

export type CheckDeps = {
  readonly settings: Pick<Installations, "openGranted" | "takeDueChecks" | "noteInstalled" | "forgetPublication"> &
    Pick<SettingsStore, "recordHosts" | "profile">;
  /** Null without an access token. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  /** False once Shopify has refused to renew the shop's tokens, and if there are none. */
  readonly holdsGrant: (shop: ShopDomain) => Promise<boolean>;
  readonly publish: (shop: ShopDomain) => Promise<unknown>;
  /** Acts on `app/uninstalled`. False if another installation has begun meanwhile. */
  readonly end: (check: DueCheck) => Promise<boolean>;
  /** Acts on `shop/redact`, for a shop whose installation has ended. */
  readonly erase: (shop: ShopDomain) => Promise<unknown>;
  /** The app's origin, where webhooks go. */
  readonly appUrl: string;
  readonly log: Log;
};

/** The installation's state at Shopify. `unknown`: Shopify gave no clear answer this time. */
export type InstallationState = "as-remembered" | "without-web-pixel" | "over" | "unknown";

const SHOPS_PER_ROUND = 200;

/**
 * Queries Shopify whether the app is still installed and still has its web pixel. A webhook may never arrive, or may be
 * about an earlier installation: Shopify's answer settles both. A shop that fails does not block the others.
 */
export async function checkInstallations(deps: CheckDeps): Promise<void> {
  for (const shop of await deps.settings.openGranted()) {
    deps.log.info("installation.checked", { shop, found: "granted" });
  }
  for (const check of await deps.settings.takeDueChecks(SHOPS_PER_ROUND)) {
    await checkInstallation(check, deps).catch((error: unknown) =>
      deps.log.error("installation.check-failed", { shop: check.shop, error }),
    );
  }
}

export async function checkInstallation(check: DueCheck, deps: CheckDeps): Promise<InstallationState> {
  const { shop, doubt } = check;
  const state = await findInstallation(check, deps);
  if (state !== "as-remembered") deps.log.info("installation.checked", { shop, found: state, doubt });
  switch (state) {
    case "as-remembered":
      await deps.settings.noteInstalled(check, true);
      await renew(shop, deps);
      break;
    case "without-web-pixel":
      await deps.settings.forgetPublication(check);
      await deps.settings.noteInstalled(check, false);
      await deps.publish(shop);
      break;
    case "over":
      // The merchant's next visit starts a new installation, for which these tokens are useless.
      await deps.settings.forgetPublication(check);
      if (doubt !== null && (await deps.end(check)) && doubt === "redact") await deps.erase(shop);
      break;
    case "unknown":
  }
  return state;
}

async function findInstallation(
  { shop, webPixelId }: DueCheck,
  { admin, holdsGrant }: CheckDeps,
): Promise<InstallationState> {
  const ask = await admin(shop);
  const answer = ask && (await ask(CURRENT_WEB_PIXEL));
  const current = answer && webPixelSaid(answer);
  if (current === null) return (await holdsGrant(shop)) ? "unknown" : "over";
  return current === webPixelId ? "as-remembered" : "without-web-pixel";
}

/** What may have changed at Shopify without a word: the shop's hosts, and a subscription of the shop's own. */
async function renew(shop: ShopDomain, { admin, settings, appUrl, log }: CheckDeps): Promise<void> {
  const ask = await admin(shop);
  if (ask === null) return;
  await readShopHosts(shop, { admin: ask, settings, log });
  const profile = await settings.profile(shop);
  if (profile === null || !followsMetafield(profile)) return;
  try {
    await followCustomerMetafield(profile, { admin: ask, appUrl });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn("settings.publish-failed", { shop, problem: error.message });
  }
}

/** The shop's current web pixel, or null if Shopify's answer does not say. */
function webPixelSaid(answer: AdminAnswer): string | typeof NO_WEB_PIXEL | null {
  if (answer.kind === "answered") return currentWebPixel(answer.data) ?? NO_WEB_PIXEL;
  // If there is no web pixel, Shopify answers with a query error and status 200.
  return answer.kind === "refused" && answer.status === 200 ? NO_WEB_PIXEL : null;
}

const NO_WEB_PIXEL = Symbol("no web pixel");
