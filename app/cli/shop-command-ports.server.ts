import { disconnectPixel } from "../server/admin-ports.server.ts";
import type { Live } from "../server/open-app.server.ts";
import type { ShopCommandPorts } from "./shop-command.ts";

/** The command line inside the running app: what it changes reaches the shop at once. */
export const shopCommandPorts = (live: Live): ShopCommandPorts => ({
  settings: live.settings,
  unitCosts: live.unitCosts,
  disconnect: (shop, pixelId) => disconnectPixel(live, shop, pixelId),
  releaseHeld: live.releaseHeld,
  changed: async (shop) => void (await live.publish(shop)),
});
