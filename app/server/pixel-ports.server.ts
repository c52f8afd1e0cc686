import type { NewChange } from "../access/types.ts";
import type { Alert } from "../alerts/alerts.server.ts";
import { checkCredentials } from "../meta/check-credentials.server.ts";
import { sendableUntil } from "../meta/retry-schedule.ts";
import type { Log } from "../logging/logger.server.ts";
import { type CheckedPixel, checkPixels, type CheckPixelsDeps } from "../jobs/check-pixels.ts";
import type { OpenApp } from "./open-app.server.ts";
import type { AlertOperator } from "./operator-alerts.server.ts";
import { TOO_OLD } from "../pipeline/settlement.ts";

/** Blocks and unblocks a pixel, and alerts the operator. */
export type PixelPorts = Pick<CheckPixelsDeps, "block" | "mend">;

/** For workers only. */
export function pixelPorts(app: OpenApp, alert: AlertOperator, log: Log): PixelPorts {
  const alertOperator = (
    kind: Alert["kind"],
    { shop, metaPixelId }: { shop: string; metaPixelId: string },
    reason: string,
  ) => alert({ kind, shop, pixelId: metaPixelId, reason });
  return {
    block: async (pixel, token, reason) => {
      const { shop, id } = pixel;
      const held = await blockPixel(app, pixel, { token, reason });
      if (held === null) return;
      log.warn("delivery.blocked", { shop, destinationId: id, held });
      await alertOperator("pixel-blocked", pixel, reason);
    },
    mend: async (pixel, token) => {
      const { shop, id } = pixel;
      if (!(await mendPixel(app, pixel, token))) return;
      log.info("delivery.mended", { shop, destinationId: id });
      await alertOperator("pixel-mended", pixel, MENDED);
    },
  };
}

type Named = Pick<CheckedPixel, "shop" | "id" | "metaPixelId">;
type Refusal = { readonly token: string; readonly reason: string };

/** Holds the pixel's events because Meta refuses its token. How many; null if the pixel is not active any more. */
export async function blockPixel(
  app: Pick<OpenApp, "settings" | "access" | "events">,
  pixel: Named,
  { token, reason }: Refusal,
): Promise<number | null> {
  const { shop, id } = pixel;
  if (!(await app.settings.block(shop, id, { token, reason }))) return null;
  await app.access.noteChange(shop, byTandem("blocked", pixel, { before: "active", after: "blocked", reason }));
  return app.events.hold(id, reason);
}

/** Sends what was held, because Meta accepts the token; false if the pixel is not blocked any more. */
export async function mendPixel(
  app: Pick<OpenApp, "settings" | "access" | "releaseHeld">,
  pixel: Named,
  token: string,
): Promise<boolean> {
  const { shop, id } = pixel;
  if (!(await app.settings.unblock(shop, id, token))) return false;
  await app.access.noteChange(shop, byTandem("unblocked", pixel, { before: "blocked", after: "active" }));
  await app.releaseHeld(pixel);
  return true;
}

type States = { readonly before: string; readonly after: string; readonly reason?: string };

const byTandem = (
  action: "blocked" | "unblocked",
  { metaPixelId }: { readonly metaPixelId: string },
  { before, after, reason }: States,
): NewChange => ({
  by: "tandem",
  subject: { kind: "pixel", name: metaPixelId },
  action,
  before: { state: before },
  after: { state: after, ...(reason !== undefined && { reason }) },
});

export const MENDED = "Meta knows this pixel, and the access token may send to it. What was held is being sent.";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
// A working pixel is checked once a day; a blocked one every hour, because its events wait.
const CHECK_ACTIVE_MS = 24 * HOUR_MS - 30 * MINUTE_MS;
const CHECK_BLOCKED_MS = 30 * MINUTE_MS;

/** The worker's scheduled tasks for pixels. */
export async function tendPixels(app: OpenApp, ports: PixelPorts): Promise<void> {
  const { background } = app.queue;
  const { events, settings, sending } = app;
  await background.every("check-pixels", "7 * * * *", () =>
    checkPixels({
      ...ports,
      takeUnchecked: (limit) =>
        settings.takeUnchecked({ activeMs: CHECK_ACTIVE_MS, blockedMs: CHECK_BLOCKED_MS, limit, now: app.now() }),
      tokenOf: settings.tokenOf,
      noteTokenAccepted: ({ shop, id }, token) => settings.noteTokenAccepted(shop, id, token),
      check: (metaPixelId, token) =>
        checkCredentials({ client: { send: askGuarded(app) }, metaPixelId, token, now: app.now() }),
      isStopping: sending.isStopping,
    }),
  );
  await background.every("tend-held", "* * * * *", async () => {
    app.queue.wake(await events.releaseStranded(app.now()));
    await expireHeld(app);
  });
}

/** If the circuit is open, no request is made, and the answer counts as none. */
const askGuarded =
  ({ sending }: OpenApp): OpenApp["sending"]["graph"]["send"] =>
  async (request) =>
    (await sending.guarded.send(request)) ?? { httpStatus: null, body: null, headers: {} };

async function expireHeld({ events, now: clock }: OpenApp): Promise<void> {
  const now = clock();
  // The time of the oldest event that Meta still accepts.
  const oldest = (source: "website" | "physical_store"): Date =>
    new Date(now.getTime() - sendableUntil(0, source).getTime());
  const tooLong = { before: oldest("website"), beforeInStore: oldest("physical_store"), reason: TOO_OLD, now };
  while ((await events.expireHeld(tooLong)) > 0);
}
