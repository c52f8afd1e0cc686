import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { Ending } from "../pipeline/accept-app-webhook.ts";
import type { OpenApp } from "./open-app.server.ts";

/** Stops sending, deletes tokens and sessions, withholds unsettled events. False if another installation has begun. */
export async function endInstallation(
  { settings, events, now }: Pick<OpenApp, "settings" | "events" | "now">,
  log: Log,
  { shop, at, tokenGrantedAt }: Ending & { readonly shop: ShopDomain },
): Promise<boolean> {
  if (!(await settings.markUninstalled(shop, { at: at ?? now(), tokenGrantedAt }))) return false;
  const withheld = await events.withholdShop(shop, "app-uninstalled", now());
  log.info("auth.uninstalled", { shop, withheld });
  return true;
}
