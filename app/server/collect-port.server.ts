import type { Env } from "../env/env.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import { acceptBrowserEvents } from "../pipeline/accept-browser-event.ts";
import type { ServerPorts } from "./http/create-server.server.ts";
import { storingLimits } from "./http/storing-limits.ts";
import { createTokenBuckets } from "./http/token-buckets.ts";
import type { OpenApp } from "./open-app.server.ts";

const MOST_SHOPS = 5_000;

/** The collector's handler. */
export function collectPort(
  app: OpenApp,
  env: Pick<Env, "collectLimits" | "storeLimits">,
  log: Log,
): ServerPorts["collect"] {
  const rereadings = createTokenBuckets({ perMinute: 1, most: MOST_SHOPS });
  const sightings = createTokenBuckets({ perMinute: 1 / 60, capacity: 1, most: MOST_SHOPS });
  const deps = {
    profileByIngestKey: app.settings.profileByIngestKey,
    addPosted: app.events.addPosted,
    addReceipt: app.events.addReceipt,
    noteOtherSenders: app.noteOtherSenders,
    noteUnknownHost: (shop: ShopDomain): void => {
      if (rereadings.take(shop, app.now().getTime()) > 0) return;
      app.settings
        .noteUnknownHost(shop)
        .catch((error: unknown) => log.warn("installation.hosts-not-read", { shop, error }));
    },
    noteEmbedSeen: (shop: ShopDomain): void => {
      if (sightings.take(shop, app.now().getTime()) > 0) return;
      app.settings
        .noteEmbedSeen(shop)
        .catch((error: unknown) => log.warn("installation.embed-not-noted", { shop, error }));
    },
    limits: storingLimits({ ...env.collectLimits, ...env.storeLimits, now: app.now }),
    wake: app.queue.wake,
  };
  return (posted) => acceptBrowserEvents(posted, deps);
}
