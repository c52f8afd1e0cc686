import { checkCredentials } from "../meta/check-credentials.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { parseDestinationFilter } from "../settings/destination-filter.ts";
import { changeFrom } from "../settings/settings-change.ts";
import { parseDestinationInput } from "../settings/validate-settings.ts";
import type { FieldProblem } from "../settings/types.ts";
import type { AdminPorts, PixelConnected, PixelInput } from "./admin-ports.ts";
import { dryRun, latestOrderValues } from "../dry-run/dry-run.ts";
import type { Live } from "./open-app.server.ts";

/** The admin pages' way to the rest of the app. Meta is asked in `connectPixel` only, which a merchant's click starts. */
export const liveAdminPorts = (live: Live): AdminPorts => ({
  setup: async (shop) => {
    const [profile, facts, publish, reconciliation, costs] = await Promise.all([
      live.profile(shop),
      live.eventLog.setupFacts(shop),
      live.settings.publishState(shop),
      live.reconciliations.state(shop),
      live.unitCosts.stateOf(shop),
    ]);
    return { profile, facts, publish, reconciliation, costs };
  },

  saveSettings: async (shop, input, savedBy) => {
    const { settings } = await live.profile(shop);
    const parsed = changeFrom(input, settings);
    if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
    const { version } = await live.settings.save(shop, parsed.value, savedBy);
    await live.publish(shop);
    return { kind: "saved", version, publishProblem: (await live.settings.publishState(shop)).problem };
  },

  connectPixel: (shop, input) => connectPixel(live, shop, input),

  setPixelState: async (shop, destinationId, state) => {
    await live.settings.setState(shop, destinationId, state, state === "paused" ? "paused in the settings" : null);
    const destination = (await live.profile(shop)).destinations.find(({ id }) => id === destinationId);
    if (destination && state === "active") await live.releaseHeld(destination);
    await live.publish(shop);
  },

  filterPixel: async (shop, pixelId, input) => {
    const filter = parseDestinationFilter(input);
    if (!filter.ok) return { kind: "invalid", problems: filter.problems };
    await live.settings.setFilter(shop, pixelId, filter.value);
    await live.publish(shop);
    return { kind: "saved", publishProblem: (await live.settings.publishState(shop)).problem };
  },

  disconnectPixel: async (shop, pixelId) => {
    await disconnectPixel(live, shop, pixelId);
    await live.publish(shop);
  },

  events: (shop, { cursor, eventName, orderId }) =>
    live.eventLog.page(shop, {
      limit: PAGE_SIZE,
      ...(cursor !== undefined && { cursor }),
      ...(eventName !== undefined && { eventName }),
      ...(orderId !== undefined && { orderId }),
    }),

  ...previewPorts(live),

  event: (shop, eventName, eventId) => live.eventLog.detail(shop, eventName, eventId),
});

const PAGE_SIZE = 50;

/** What looks at an order and changes nothing. */
const previewPorts = (live: Live): Pick<AdminPorts, "dryRun" | "latestOrderValues"> => ({
  dryRun: (shop, input) =>
    dryRun(shop, input, {
      profile: live.profile,
      consentPolicy: live.policies.policyOf,
      admin: live.connection.offlineAdmin,
      knownCosts: live.unitCosts.known,
      now: live.now,
    }),

  latestOrderValues: (shop) =>
    latestOrderValues(shop, {
      profile: live.profile,
      admin: live.connection.offlineAdmin,
      latestOrder: async () =>
        (await live.eventLog.page(shop, { limit: 1, eventName: "Purchase" })).rows[0]?.orderId ?? null,
    }),
});

/** Forgets the pixel; what still waited for it ends with that reason. False where the shop has no such pixel. */
export async function disconnectPixel(
  live: Pick<Live, "settings" | "events" | "now">,
  shop: ShopDomain,
  pixelId: string,
): Promise<boolean> {
  const profile = await live.settings.profile(shop);
  const destination = profile?.destinations.find((each) => each.pixelId === pixelId);
  const existed = await live.settings.disconnect(shop, pixelId);
  if (destination) await live.events.abandonDestination(destination.id, "pixel-disconnected", live.now());
  return existed;
}

async function connectPixel(live: Live, shop: ShopDomain, input: PixelInput): Promise<PixelConnected> {
  const parsed = parseDestinationInput(input);
  if (!parsed.ok) return { kind: "invalid", problems: parsed.problems };
  const { pixelId } = parsed.value;
  const known = (await live.profile(shop)).destinations.find((destination) => destination.pixelId === pixelId);
  const token = parsed.value.token ?? (known ? await live.settings.tokenOf(shop, known.id) : null);
  if (token === null) return invalid("token", "Enter the access token: none is stored for this pixel yet.");

  const check = await checkCredentials({ client: live.sending.graph, pixelId, token, now: live.now() });
  if (check.kind === "token-invalid") return invalid("token", check.advice);
  if (check.kind === "pixel-unknown") return invalid("pixelId", check.advice);
  const destination = await live.settings.connect(shop, parsed.value);
  if (check.kind === "valid") await live.settings.noteTokenAccepted(shop, destination.id, token);
  await live.releaseHeld(destination);
  await live.publish(shop);
  return { kind: "connected", checked: check.kind };
}

const invalid = (field: FieldProblem["field"], message: string): PixelConnected => ({
  kind: "invalid",
  problems: [{ field, message }],
});
