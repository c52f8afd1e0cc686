import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Env } from "../env/env.server.ts";
import { acceptAppWebhook } from "../pipeline/accept-app-webhook.ts";
import { acceptBrowserEvent } from "../pipeline/accept-browser-event.ts";
import { acceptOrder } from "../pipeline/accept-order.ts";
import { drainOutbox } from "../pipeline/drain-outbox.ts";
import { liveAdminPorts } from "./admin-ports.server.ts";
import { acceptOrderDeps, drainDeps, dueWakeUps, type Live, openLive } from "./open-app.server.ts";
import { startBackground } from "./schedule.server.ts";
import { liveQueuedWebhooks } from "./queued-webhook-ports.server.ts";
import { livePixelPorts, tendPixels } from "./pixel-ports.server.ts";
import { instrumentedCollect, instrumentedRefusals, instrumentedWebhooks } from "./instrumented-ports.server.ts";
import { answerCompliance } from "../privacy/answer-compliance.ts";
import type { RemixApp } from "./http/remix.server.ts";
import type { WebhookPorts } from "./http/webhooks.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { createServer, type ServerPorts } from "./http/create-server.server.ts";

export type RunningApp = {
  readonly port: number;
  readonly live: Live;
  /** Stops taking work, finishes what is under way, closes the database. Safe to call twice. */
  close(): Promise<void>;
};

// Shorter than the ten seconds that most hosts grant after SIGTERM.
const DRAIN_TIMEOUT_MS = 8_000;

/** Runs the app in this process, in the role that the environment names. `remix` makes the pages; a worker has none. */
export async function runApp(
  env: Env,
  log: Log,
  remix: (context: AppLoadContext) => Promise<RemixApp>,
): Promise<RunningApp> {
  const live = await openLive(env, log);
  if (env.role !== "web") await startWorker(live, env, log);
  const { watcher } = live.telemetry;
  const webhooks = instrumentedWebhooks(webhookPorts(live, log), watcher);
  const queued = liveQueuedWebhooks(env, { webhooks, watcher, log });
  const server = await createServer(
    {
      webhooks,
      queued,
      collect: instrumentedCollect(collectPort(live), watcher),
      noteRefusal: instrumentedRefusals(live.refusals.note, watcher),
      readiness: live.readiness,
      telemetry: live.telemetry,
      now: live.now,
      log,
    },
    { ...env, remix: env.role === "worker" ? null : await remix(loadContext(live, env, log)) },
  );
  // A worker listens too, for its health checks.
  await server.listen({ port: env.port, host: "::" });
  const [address] = server.addresses();
  const port = typeof address === "object" ? address.port : env.port;
  log.info("server.started", { port, role: env.role, database: live.database.kind });

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    log.info("server.stopping");
    queued.close();
    // The two at once, or a slow visitor and a slow Meta would each take their time from the other.
    await Promise.all([server.close(), live.sending.finish(DRAIN_TIMEOUT_MS)]);
    await live.close();
    log.info("server.stopped");
  };
  return { port, live, close: () => (closing ??= close()) };
}

async function startWorker(live: Live, env: Env, log: Log): Promise<void> {
  const pixels = await livePixelPorts(live, env, log);
  const deps = drainDeps(live, pixels, log);
  // Nobody else can have the embedded database, so whoever claimed something in it is dead.
  if (live.database.kind === "pglite") await live.events.releaseEveryClaim();
  await live.queue.work(
    (wakeUp) => drainOutbox(wakeUp, deps),
    () => dueWakeUps(live),
  );
  await startBackground(live, env, log);
  await tendPixels(live, pixels);
}

const collectPort =
  (live: Live): ServerPorts["collect"] =>
  (posted) =>
    acceptBrowserEvent(posted, {
      profileByIngestKey: live.settings.profileByIngestKey,
      add: live.events.add,
      addReceipt: live.events.addReceipt,
      noteOtherSenders: live.noteOtherSenders,
      wake: live.queue.wake,
    });

/** What the webhook routes, and the replay of what they could not read, end in. */
export function webhookPorts(live: Live, log: Log): WebhookPorts {
  const { events, quarantine, settings } = live;
  const order = acceptOrderDeps(live);
  return {
    verify: live.verifyWebhook,
    acceptOrder: (webhook) => acceptOrder(webhook, order),
    acceptAppWebhook: (webhook) =>
      acceptAppWebhook(webhook, {
        note: ({ shop, topic, webhookId }) => events.noteWebhook(shop, { topic, webhookId }),
        quarantine: quarantine.keep,
        installedAt: settings.installedAt,
        uninstall: async (shop) => {
          await settings.markUninstalled(shop);
          const withheld = await events.withholdShop(shop, "app-uninstalled", live.now());
          log.info("auth.uninstalled", { shop, withheld });
        },
        rememberScopes: async (shop, scopes) => {
          await live.connection.sessions.rememberScopes(shop, scopes);
          if (scopes.includes("read_products")) await live.unitCosts.retry(shop);
        },
        answerCompliance: (shop, request) =>
          answerCompliance(shop, request, { ...live.customerOrders, eraseShop: settings.eraseShop, note: log.info }),
      }),
  };
}

const loadContext = (live: Live, env: Env, log: Log): AppLoadContext => ({
  shopify: live.connection.shopify,
  admin: liveAdminPorts(live),
  apiKey: env.apiKey,
  reportError: (error) => log.error("server.request-failed", { error }),
});
