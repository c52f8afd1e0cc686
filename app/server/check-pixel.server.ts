import type { ShopDomain } from "../event-contract/event-id.ts";
import { checkCredentials } from "../meta/check-credentials.server.ts";
import type { Pixel, PixelId } from "../settings/types.ts";
import type { PixelChecked } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";
import { alertByWorker } from "./operator-alerts.server.ts";
import { blockPixel, MENDED, mendPixel } from "./pixel-ports.server.ts";

/**
 * The check that the worker makes once a day, now: what Meta says of the token blocks the pixel or mends it, and the
 * operator is alerted as by the worker.
 */
export async function checkPixel(app: OpenApp, shop: ShopDomain, pixelId: PixelId): Promise<PixelChecked> {
  const pixel = (await app.profile(shop)).pixels.find(({ id }) => id === pixelId);
  const token = pixel ? await app.settings.tokenOf(shop, pixel.id) : null;
  if (!pixel || token === null) return { kind: "no-such-pixel" };
  const { metaPixelId } = pixel;
  const { kind, advice } = await checkCredentials({ client: app.sending.graph, metaPixelId, token, now: app.now() });
  switch (kind) {
    case "valid":
      await accept(app, pixel, token);
      return { kind: "checked", answer: "valid" };
    case "token-invalid":
    case "pixel-unknown":
      await refuse(app, pixel, { token, reason: advice });
      return { kind: "checked", answer: "refused" };
    case "unreachable":
    case "unclear":
      return { kind: "checked", answer: kind };
  }
}

async function accept(app: OpenApp, pixel: Pixel, token: string): Promise<void> {
  const { shop, id, metaPixelId } = pixel;
  await app.settings.noteTokenAccepted(shop, id, token);
  if (!(await mendPixel(app, pixel, token))) return;
  await alertByWorker(app)({ kind: "pixel-mended", shop, pixelId: metaPixelId, reason: MENDED });
}

async function refuse(app: OpenApp, pixel: Pixel, refusal: Parameters<typeof blockPixel>[2]): Promise<void> {
  if ((await blockPixel(app, pixel, refusal)) === null) return;
  const { shop, metaPixelId } = pixel;
  await alertByWorker(app)({ kind: "pixel-blocked", shop, pixelId: metaPixelId, reason: refusal.reason });
}
