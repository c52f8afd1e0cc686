import { disconnectPixel } from "../server/admin-ports.server.ts";
import type { OpenApp } from "../server/open-app.server.ts";
import type { ShopCommandPorts } from "./shop-command.ts";

/** The command line's ports inside the running app: changes take effect at once. */
export const shopCommandPorts = (app: OpenApp): ShopCommandPorts => ({
  settings: app.settings,
  unitCosts: app.unitCosts,
  disconnect: (shop, metaPixelId) => disconnectPixel(app, shop, metaPixelId),
  releaseHeld: app.releaseHeld,
  changed: async (shop) => void (await app.publish(shop)),
});
