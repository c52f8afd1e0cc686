import type { ShopDomain } from "../event-contract/event-id.ts";
import { listVersions, readVersion } from "../settings/list-versions.server.ts";
import { changeBackTo } from "../settings/setting-differences.ts";
import type { SettingsChange } from "../settings/validate-settings.ts";
import type { AdminPorts, SettingsSaved } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";

type App = Pick<OpenApp, "database" | "settings" | "profile" | "publish">;

const PAGE_SIZE = 25;

/** The versions of the settings, and the way back to one of them. */
export const versionPorts = (
  app: App,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "settingsVersions" | "settingsVersion" | "goBackTo"> => ({
  settingsVersions: (shop, below) =>
    listVersions(app.database.prisma, shop, { limit: PAGE_SIZE, ...(below !== null && { below }) }),
  settingsVersion: (shop, version) => readVersion(app.database.prisma, shop, version),
  goBackTo: async (shop, version, seenVersion) => {
    const chosen = await readVersion(app.database.prisma, shop, version);
    if (chosen === null) return "no-such-version";
    const change = changeBackTo(chosen.settings, (await app.profile(shop)).settings);
    return savePublished(app, shop, { change, savedBy: by, seenVersion });
  },
});

type Save = { readonly change: SettingsChange; readonly savedBy: string; readonly seenVersion: number };

/** Saves a change as a new version and publishes it. */
export async function savePublished(
  { settings, publish }: Pick<App, "settings" | "publish">,
  shop: ShopDomain,
  { change, ...author }: Save,
): Promise<Exclude<SettingsSaved, { kind: "invalid" }>> {
  const saved = await settings.saveSeen(shop, change, author);
  if ("kind" in saved) return saved;
  await publish(shop);
  return { kind: "saved", version: saved.version, publishProblem: (await settings.publishState(shop)).problem };
}
