import { checkCredentials } from "../meta/check-credentials.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { parsePixelFilter } from "../settings/pixel-filter.ts";
import { changeFrom } from "../settings/settings-change.ts";
import { parsePixelInput } from "../settings/validate-settings.ts";
import type { FieldProblem } from "../settings/types.ts";
import type { AdminPorts, PixelConnected, PixelInput } from "./admin-ports.ts";
import { dryRun, latestOrderValues } from "../dry-run/dry-run.ts";
import type { OpenApp } from "./open-app.server.ts";

/** Connects the admin pages to the app. Only `connectPixel` calls Meta, and only on a merchant's click. */
export const adminPorts = (app: OpenApp): AdminPorts => ({
  visited: (shop) => visited(app, shop),

  setup: async (shop) => {
    const [profile, facts, publish, reconciliation, costs, filesToDownload] = await Promise.all([
      app.profile(shop),
      app.eventLog.setupFacts(shop),
      app.settings.publishState(shop),
      app.reconciliations.state(shop),
      app.unitCosts.stateOf(shop),
      app.privacy.dataRequests.toDownload(shop),
    ]);
    return { profile, facts, publish, reconciliation, costs, filesToDownload };
  },

  saveSettings: async (shop, input, savedBy) => {
    const { settings } = await app.profile(shop);
    const parsed = changeFrom(input, settings);
    if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
    const { version } = await app.settings.save(shop, parsed.value, savedBy);
    await app.publish(shop);
    return { kind: "saved", version, publishProblem: (await app.settings.publishState(shop)).problem };
  },

  ...pixelEdits(app),

  events: (shop, { cursor, eventName, orderId }) =>
    app.eventLog.page(shop, {
      limit: PAGE_SIZE,
      ...(cursor !== undefined && { cursor }),
      ...(eventName !== undefined && { eventName }),
      ...(orderId !== undefined && { orderId }),
    }),

  ...dryRunPorts(app),

  dataRequests: app.privacy.dataRequests.list,
  dataRequestFile: app.privacy.dataRequests.download,

  event: (shop, eventName, eventId) => app.eventLog.detail(shop, eventName, eventId),
});

const PAGE_SIZE = 50;

async function visited({ settings }: Pick<OpenApp, "settings">, shop: ShopDomain): Promise<void> {
  if ((await settings.profile(shop))?.installed !== true) await settings.ensureShop(shop, "installation");
  await settings.noteVisit(shop);
}

/** Changes to one pixel. Each takes the shop, and reports if the shop has no such pixel. */
const pixelEdits = (
  app: OpenApp,
): Pick<AdminPorts, "connectPixel" | "setPixelState" | "filterPixel" | "disconnectPixel"> => ({
  connectPixel: (shop, input) => connectPixel(app, shop, input),

  setPixelState: async (shop, pixelId, state) => {
    const reason = state === "paused" ? "paused in the settings" : null;
    if (!(await app.settings.setState(shop, pixelId, state, reason))) return "no-such-pixel";
    const pixel = (await app.profile(shop)).pixels.find(({ id }) => id === pixelId);
    if (pixel && state === "active") await app.releaseHeld(pixel);
    await app.publish(shop);
    return "changed";
  },

  filterPixel: async (shop, metaPixelId, input) => {
    const filter = parsePixelFilter(input);
    if (!filter.ok) return { kind: "invalid", problems: filter.problems };
    if (!(await app.settings.setFilter(shop, metaPixelId, filter.value))) return { kind: "no-such-pixel" };
    await app.publish(shop);
    return { kind: "saved", publishProblem: (await app.settings.publishState(shop)).problem };
  },

  disconnectPixel: async (shop, metaPixelId) => {
    if (!(await disconnectPixel(app, shop, metaPixelId))) return "no-such-pixel";
    await app.publish(shop);
    return "changed";
  },
});

/** Dry runs: they read orders and change nothing. */
const dryRunPorts = (app: OpenApp): Pick<AdminPorts, "dryRun" | "latestOrderValues"> => ({
  dryRun: (shop, input) =>
    dryRun(shop, input, {
      profile: app.profile,
      consentPolicy: app.policies.policyOf,
      admin: app.connection.offlineAdmin,
      knownCosts: app.unitCosts.known,
      now: app.now,
    }),

  latestOrderValues: (shop) =>
    latestOrderValues(shop, {
      profile: app.profile,
      admin: app.connection.offlineAdmin,
      latestOrder: async () =>
        (await app.eventLog.page(shop, { limit: 1, eventName: "Purchase" })).rows[0]?.orderId ?? null,
    }),
});

/** Deletes the pixel and refuses its waiting deliveries with that reason. False if the shop has no such pixel. */
export async function disconnectPixel(
  app: Pick<OpenApp, "settings" | "events" | "now">,
  shop: ShopDomain,
  metaPixelId: string,
): Promise<boolean> {
  const profile = await app.settings.profile(shop);
  const pixel = profile?.pixels.find((known) => known.metaPixelId === metaPixelId);
  const existed = await app.settings.disconnect(shop, metaPixelId);
  if (pixel) await app.events.abandonPixel(pixel.id, "pixel-disconnected", app.now());
  return existed;
}

async function connectPixel(app: OpenApp, shop: ShopDomain, input: PixelInput): Promise<PixelConnected> {
  const parsed = parsePixelInput(input);
  if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
  const { metaPixelId } = parsed.value;
  const known = (await app.profile(shop)).pixels.find((pixel) => pixel.metaPixelId === metaPixelId);
  const token = parsed.value.token ?? (known ? await app.settings.tokenOf(shop, known.id) : null);
  if (token === null) return invalid("token", "Enter the access token: none is stored for this pixel yet.");

  const check = await checkCredentials({ client: app.sending.graph, metaPixelId, token, now: app.now() });
  if (check.kind === "token-invalid") return invalid("token", check.advice);
  if (check.kind === "pixel-unknown") return invalid("pixelId", check.advice);
  const pixel = await app.settings.connect(shop, parsed.value);
  if (check.kind === "valid") await app.settings.noteTokenAccepted(shop, pixel.id, token);
  await app.releaseHeld(pixel);
  await app.publish(shop);
  return { kind: "connected", checked: check.kind };
}

const invalid = (field: FieldProblem["field"], message: string): PixelConnected => ({
  kind: "invalid",
  problems: [{ field, message }],
});
