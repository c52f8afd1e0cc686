import type { ShopDomain } from "../event-contract/event-id.ts";
import { type Rehearsed, rehearsedInTime } from "../dry-run/rehearsed-in-time.ts";
import { rehearseSettings } from "../dry-run/rehearse-settings.ts";
import { countUnrecorded, readRecordedOrders } from "../outbox/order-facts.server.ts";
import { changeFrom } from "../settings/settings-change.ts";
import type { Settings } from "../settings/types.ts";
import { listVersions, readVersion } from "../settings/list-versions.server.ts";
import { changeBackTo, settingsWith } from "../settings/setting-differences.ts";
import type { SettingsChange } from "../settings/validate-settings.ts";
import type { AdminPorts, SettingsSaved } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { OpenApp } from "./open-app.server.ts";

type App = Pick<OpenApp, "database" | "settings" | "profile" | "beginPublishing" | "policies" | "now" | "log">;

const PAGE_SIZE = 25;
// A rehearsal ends by itself in about half of it, unless the database does not answer.
const WITHIN_MS = 8_000;

/** The versions of the settings, and the way back to one of them. */
export const versionPorts = (
  app: App,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "settingsVersions" | "settingsVersion" | "goBackTo" | "rehearse" | "rehearseGoingBack"> => ({
  settingsVersions: (shop, below) =>
    listVersions(app.database.prisma, shop, { limit: PAGE_SIZE, ...(below !== null && { below }) }),
  settingsVersion: (shop, version) => readVersion(app.database.prisma, shop, version),
  goBackTo: async (shop, version, seenVersion) => {
    const chosen = await readVersion(app.database.prisma, shop, version);
    if (chosen === null) return "no-such-version";
    const change = changeBackTo(chosen.settings, (await app.profile(shop)).settings);
    return savePublished(app, shop, { change, savedBy: by, seenVersion });
  },
  rehearse: async (shop, input) => {
    const parsed = changeFrom(input, (await app.profile(shop)).settings);
    return parsed.ok ? rehearsalOf(app, shop, (inForce) => settingsWith(inForce, parsed.value)) : null;
  },
  rehearseGoingBack: async (shop, version) => {
    const chosen = await readVersion(app.database.prisma, shop, version);
    if (chosen === null) return null;
    return rehearsalOf(app, shop, (inForce) => settingsWith(inForce, changeBackTo(chosen.settings, inForce)));
  },
});

const rehearsalOf = (
  { database: { prisma }, profile, policies, now, log }: App,
  shop: ShopDomain,
  proposed: (inForce: Settings) => Settings,
): Promise<Rehearsed> =>
  rehearsedInTime(
    rehearseSettings(shop, proposed, {
      profile,
      consentPolicy: policies.policyOf,
      recordedOrders: (page) => readRecordedOrders(prisma, page),
      countUnrecorded: (of) => countUnrecorded(prisma, of),
      now,
    }),
    { withinMs: WITHIN_MS, onFailure: (error) => log.error("settings.rehearsal-failed", { shop, error }) },
  );

type Save = { readonly change: SettingsChange; readonly savedBy: string; readonly seenVersion: number };

/** Saves a change as a new version, and begins to publish it. */
export async function savePublished(
  { settings, beginPublishing }: Pick<App, "settings" | "beginPublishing">,
  shop: ShopDomain,
  { change, ...author }: Save,
): Promise<Exclude<SettingsSaved, { kind: "invalid" }>> {
  const saved = await settings.saveSeen(shop, change, author);
  if ("kind" in saved) return saved;
  await beginPublishing(shop);
  return { kind: "saved", version: saved.version };
}
