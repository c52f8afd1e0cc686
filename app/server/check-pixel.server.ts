import type { ShopDomain } from "../event-contract/event-id.ts";
import { checkCredentials } from "../meta/check-credentials.server.ts";
import type { PixelId } from "../settings/types.ts";
import type { PixelChecked } from "./admin-ports.ts";
import type { OpenApp } from "./open-app.server.ts";
import { blockPixel, mendPixel } from "./pixel-ports.server.ts";

/** The check that the worker makes once a day, now: what Meta says of the token blocks the pixel or mends it. */
export async function checkPixel(app: OpenApp, shop: ShopDomain, pixelId: PixelId): Promise<PixelChecked> {
  const pixel = (await app.profile(shop)).pixels.find(({ id }) => id === pixelId);
  const token = pixel ? await app.settings.tokenOf(shop, pixel.id) : null;
  if (!pixel || token === null) return { kind: "no-such-pixel" };
  const { metaPixelId } = pixel;
  const { kind, advice } = await checkCredentials({ client: app.sending.graph, metaPixelId, token, now: app.now() });
  switch (kind) {
    case "valid":
      await app.settings.noteTokenAccepted(shop, pixel.id, token);
      await mendPixel(app, pixel, token);
      return { kind: "checked", answer: "valid" };
    case "token-invalid":
    case "pixel-unknown":
      await blockPixel(app, pixel, { token, reason: advice });
      return { kind: "checked", answer: "refused" };
    case "unreachable":
    case "unclear":
      return { kind: "checked", answer: kind };
  }
}
