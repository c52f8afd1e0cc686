import type { Role } from "../access/roles.ts";
import type { Subject } from "../access/subjects.ts";
import type { Actor } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { parsePixelFilter } from "../settings/pixel-filter.ts";
import { changeFrom } from "../settings/settings-change.ts";
import type { AdminPorts } from "./admin-ports.ts";
import { followCheck } from "./check-pixel.server.ts";
import { connectPixel } from "./connect-pixel.server.ts";
import { type DryRun, dryRun, type DryRunInput, latestOrderValues } from "../dry-run/dry-run.ts";
import { accessPorts } from "./access-ports.server.ts";
import { eventListPorts } from "./event-list-ports.server.ts";
import { eventPorts } from "./event-ports.server.ts";
import { leadImportPorts } from "./lead-import-ports.server.ts";
import { leadPorts } from "./lead-ports.server.ts";
import { leadSetupPorts } from "./lead-setup-ports.server.ts";
import type { Followed } from "./followed-work.server.ts";
import { homeView, setupView } from "./home-view.server.ts";
import type { OpenApp } from "./open-app.server.ts";
import { orderNowPorts } from "./order-now-ports.server.ts";
import { type PixelEdits, recordedEdits } from "./recorded-edits.server.ts";
import { testPorts } from "./test-ports.server.ts";
import { savePublished, versionPorts } from "./version-ports.server.ts";

/** Who uses the ports: their name in the records, and their role. */
export type PortsUser = { readonly by: Actor; readonly role: Role };

/**
 * Connects the admin pages to the app. No request waits for Shopify or Meta: settings are published after a save
 * (publisher.server.ts), and pages follow what else calls them (followed-work.server.ts): Meta only on a merchant's click.
 * What a role may do is checked in permissions.server.ts.
 */
export const adminPorts = (app: OpenApp, user: PortsUser): AdminPorts => ({
  visited: (shop) => visited(app, shop),

  setup: (shop) => setupView(app, shop),
  home: (shop, days) => homeView(app, shop, days),

  timeZone: async (shop) => (await app.profile(shop)).timeZone ?? "UTC",

  saveSettings: async (shop, input) => {
    const { settings } = await app.profile(shop);
    const parsed = changeFrom(input, settings);
    if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
    const seenVersion = Number(input["seenVersion"] ?? settings.version);
    return savePublished(app, shop, {
      change: parsed.value,
      savedBy: user.by,
      seenVersion: Number.isInteger(seenVersion) && seenVersion > 0 ? seenVersion : settings.version,
    });
  },

  ...pixelPorts(app, user),
  ...eventPorts(app, user),
  ...eventListPorts(app, user),
  ...leadPorts(app, user),
  ...orderNowPorts(app, user),
  ...leadSetupPorts(app, user),
  ...leadImportPorts(app, user),
  ...dryRunPorts(app, user),
  ...accessPorts(app, user),
  ...testPorts(app, user),
  ...versionPorts(app, user),

  dataRequests: app.privacy.dataRequests.list,
  dataRequestFile: async (shop, requestId) => {
    const file = await app.privacy.dataRequests.download(shop, requestId);
    const subject = { kind: "data-request", name: requestId } as const;
    if (file !== null) app.access.seen.note(shop, user.by, { kind: "export", subject });
    return file;
  },
});

async function visited({ settings }: Pick<OpenApp, "settings">, shop: ShopDomain): Promise<void> {
  if ((await settings.profile(shop))?.installed !== true) await settings.ensureShop(shop, "installation");
  await settings.noteVisit(shop);
}

/** Changes to one pixel. Each takes the shop, and reports if the shop has no such pixel. */
function pixelPorts(
  app: OpenApp,
  { by }: PortsUser,
): Pick<AdminPorts, "connectPixel" | "checkPixel" | "setPixelState" | "filterPixel" | "disconnectPixel"> {
  const edits = recordedEdits({ settings: app.settings, noteChange: app.access.noteChange }, by);
  return {
    connectPixel: (shop, input) => connectPixel(app, { edits, by }, { shop, input }),

    checkPixel: (shop, pixelId) => followCheck(app, { by, shop, pixelId }),

    setPixelState: async (shop, pixelId, state) => {
      if (!(await edits.setState(shop, pixelId, state, null))) return "no-such-pixel";
      const pixel = (await app.profile(shop)).pixels.find(({ id }) => id === pixelId);
      if (pixel && state === "active") await app.releaseHeld(pixel);
      await app.beginPublishing(shop);
      return "changed";
    },

    filterPixel: async (shop, metaPixelId, input) => {
      const filter = parsePixelFilter(input);
      if (!filter.ok) return { kind: "invalid", problems: filter.problems };
      if (!(await edits.setFilter(shop, metaPixelId, filter.value))) return { kind: "no-such-pixel" };
      await app.beginPublishing(shop);
      return { kind: "saved" };
    },

    disconnectPixel: async (shop, metaPixelId) => {
      if (!(await disconnectPixel({ ...app, edits }, shop, metaPixelId))) return "no-such-pixel";
      await app.beginPublishing(shop);
      return "changed";
    },
  };
}

/** Dry runs: they read orders and change nothing. */
const dryRunPorts = (app: OpenApp, { by }: PortsUser): Pick<AdminPorts, "dryRun" | "latestOrderValues"> => ({
  dryRun: async (shop, input) => {
    const run = (): Promise<DryRun> =>
      dryRun(shop, input, {
        profile: app.profile,
        consentPolicy: app.policies.policyOf,
        admin: app.connection.offlineAdmin,
        knownCosts: app.unitCosts.known,
        now: app.now,
      });
    const work: Followed<DryRun> =
      input.from === "shop"
        ? await app.followed.follow(`dry-run ${by} ${shop} ${input.answer} ${input.number}`, run)
        : { state: "done", result: await run() };
    if (work.state === "done" && work.result.kind === "done") {
      app.access.seen.note(shop, by, { kind: "dry-run", subject: orderIn(input) });
    }
    return work;
  },

  latestOrderValues: (shop) =>
    app.followed.follow(`latest-order-values ${by} ${shop}`, () =>
      latestOrderValues(shop, {
        profile: app.profile,
        admin: app.connection.offlineAdmin,
        latestOrder: async () => {
          const [{ orderId = null, orderName = null } = {}] = (
            await app.eventLog.page(shop, { limit: 1, eventName: "Purchase" })
          ).rows;
          return orderId && { orderId, orderName };
        },
      }),
    ),
});

/** The number as it was typed, or at the end of an address. */
function orderIn({ from, number }: DryRunInput): Subject {
  if (from !== "shop") return { kind: "pasted-order" };
  const name = /#?[\w-]{1,40}(?=\/?$)/.exec(number.trim())?.[0];
  return name === undefined ? { kind: "shop-order" } : { kind: "order", name };
}

/** Deletes the pixel and refuses its waiting deliveries with that reason. False if the shop has no such pixel. */
export async function disconnectPixel(
  app: Pick<OpenApp, "settings" | "events" | "now"> & { readonly edits: Pick<PixelEdits, "disconnect"> },
  shop: ShopDomain,
  metaPixelId: string,
): Promise<boolean> {
  const profile = await app.settings.profile(shop);
  const pixel = profile?.pixels.find((known) => known.metaPixelId === metaPixelId);
  const existed = await app.edits.disconnect(shop, metaPixelId);
  if (pixel) await app.events.abandonPixel(pixel.id, "pixel-disconnected", app.now());
  return existed;
}
