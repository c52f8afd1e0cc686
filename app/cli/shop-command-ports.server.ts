import type { Access } from "../access/access.server.ts";
import { disconnectPixel } from "../server/admin-ports.server.ts";
import { reachStagesDeps } from "../server/leads-port.server.ts";
import type { OpenApp } from "../server/open-app.server.ts";
import { recordedEdits } from "../server/recorded-edits.server.ts";
import type { ShopCommandPorts } from "./shop-command.ts";

type Parts = Pick<OpenApp, "settings" | "events" | "now"> & {
  readonly access: Pick<Access, "staff" | "setRole" | "noteChange">;
};

/** The command line's changes, recorded as the operator's. */
export function operatorEdits(app: Parts): Pick<ShopCommandPorts, "settings" | "edits" | "access" | "disconnect"> {
  const edits = recordedEdits({ settings: app.settings, noteChange: app.access.noteChange }, "operator");
  return {
    settings: app.settings,
    edits,
    access: app.access,
    disconnect: (shop, metaPixelId) => disconnectPixel({ ...app, edits }, shop, metaPixelId),
  };
}

/** The command line's ports inside the running app: changes take effect at once. */
export const shopCommandPorts = (app: OpenApp): ShopCommandPorts => ({
  ...operatorEdits(app),
  apiKeys: app.apiKeys,
  crmHooks: app.crmHooks,
  reachStages: reachStagesDeps(app),
  unitCosts: app.unitCosts,
  releaseHeld: app.releaseHeld,
  changed: async (shop) => void (await app.publish(shop)),
});
