import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Env } from "../env/env.server.ts";
import { acceptAppWebhook } from "../pipeline/accept-app-webhook.ts";
import { acceptCustomerMetafield } from "../pipeline/accept-customer-metafield.ts";
import { acceptCustomerTags } from "../pipeline/accept-customer-tags.ts";
import { acceptOrder } from "../pipeline/accept-order.ts";
import { drainOutbox } from "../pipeline/drain-outbox.ts";
import { acceptOrderDeps, drainDeps, dueWakeUps, type OpenApp, openApp } from "./open-app.server.ts";
import { endInstallation } from "./end-installation.server.ts";
import { startBackground, watchFutureTimes } from "./schedule.server.ts";
import { extensionSignInWith } from "./extension-sign-in.server.ts";
import { signInWith } from "./sign-in.server.ts";
import { queuedWebhookPorts } from "./queued-webhook-ports.server.ts";
import { operatorAlerts } from "./operator-alerts.server.ts";
import { pixelPorts, tendPixels } from "./pixel-ports.server.ts";
import { instrumentedCollect, instrumentedRefusals, instrumentedWebhooks } from "./instrumented-ports.server.ts";
import { answerCompliance } from "../privacy/answer-compliance.ts";
import { refuseInconsistentToken, tokenHolderOf } from "../shopify/session-token.server.ts";
import { isAboutMetafields } from "../shopify/webhooks/parse-customer-update.ts";
import { isAboutTags } from "../shopify/webhooks/parse-customer-tags.ts";
import type { RemixApp } from "./http/remix.server.ts";
import type { WebhookPorts } from "./http/webhooks.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { flowPort } from "./flow-port.server.ts";
import { acceptHookDeps, leadHooksPort, leadsPort } from "./leads-port.server.ts";
import { collectPort } from "./collect-port.server.ts";
import { createServer } from "./http/create-server.server.ts";

export type RunningApp = {
  readonly port: number;
  readonly opened: OpenApp;
  /** Stops accepting work, finishes work under way, closes the database. Safe to call twice. */
  close(): Promise<void>;
};

// Shorter than the ten seconds that most hosts grant after SIGTERM.
const DRAIN_TIMEOUT_MS = 8_000;

export type RunOptions = {
  /** Creates the pages; a worker has none. */
  readonly remix: (context: AppLoadContext) => Promise<RemixApp>;
  /** What has to be there as soon as the process says that it is ready. */
  readonly beforeListening?: (opened: OpenApp) => Promise<void>;
};

/** Runs the app in this process, in the role from the environment. */
export async function runApp(env: Env, log: Log, { remix, beforeListening }: RunOptions): Promise<RunningApp> {
  const app = await openApp(env, log);
  const stopWatching = env.role === "web" ? null : await startWorker(app, env, log);
  const stopWatchingKeys = app.keys.start();
  const { watcher } = app.telemetry;
  const webhooks = instrumentedWebhooks(webhookPorts(app, log), watcher);
  const queued = queuedWebhookPorts(env, { webhooks, watcher, log });
  const server = await createServer(
    {
      webhooks,
      queued,
      collect: instrumentedCollect(collectPort(app, env, log), watcher),
      leads: leadsPort(app),
      leadHooks: leadHooksPort(app, env),
      flow: flowPort(app),
      noteRefusal: instrumentedRefusals(app.refusals.note, watcher),
      readiness: app.readiness,
      telemetry: app.telemetry,
      now: app.now,
      log,
    },
    { ...env, remix: env.role === "worker" ? null : await remix(loadContext(app, env, log)) },
  );
  await beforeListening?.(app);
  // A worker listens too, for its health checks.
  await server.listen({ port: env.port, host: "::" });
  const [address] = server.addresses();
  const port = typeof address === "object" ? address.port : env.port;
  log.info("server.started", { port, role: env.role, database: app.database.kind });

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    log.info("server.stopping");
    queued.close();
    stopWatching?.();
    stopWatchingKeys();
    app.testStreams.end();
    // Concurrently, so that a slow visitor and a slow Meta do not add up.
    const served = server.close();
    await Promise.all([served, app.sending.finish(DRAIN_TIMEOUT_MS), app.underWay.finish(served, DRAIN_TIMEOUT_MS)]);
    await app.close();
    log.info("server.stopped");
  };
  return { port, opened: app, close: () => (closing ??= close()) };
}

/** Returns a function that stops everything outside the queue. */
async function startWorker(app: OpenApp, env: Env, log: Log): Promise<() => void> {
  const stopWatching = await watchFutureTimes(app, log);
  const alertOperator = await operatorAlerts(app, env);
  const pixels = pixelPorts(app, alertOperator, log);
  const deps = drainDeps(app, pixels, log);
  // The embedded database has one process, so every claim in it belongs to a dead one.
  if (app.database.kind === "pglite") await app.events.releaseEveryClaim();
  await app.queue.work(
    (wakeUp) => drainOutbox(wakeUp, deps),
    () => dueWakeUps(app),
  );
  await startBackground(app, { keepDays: env.keepDays, alertOperator }, log);
  await tendPixels(app, pixels);
  return stopWatching;
}

/** The handlers of the webhook routes and of the quarantine's replay. */
export function webhookPorts(app: OpenApp, log: Log): WebhookPorts {
  const { events, quarantine, settings } = app;
  const order = acceptOrderDeps(app);
  return {
    verify: app.verifyWebhook,
    acceptOrder: (webhook) => acceptOrder(webhook, order),
    acceptAppWebhook: (webhook) => {
      if (isAboutTags(webhook)) return acceptCustomerTags(webhook, acceptHookDeps(app));
      if (isAboutMetafields(webhook)) return acceptCustomerMetafield(webhook, acceptHookDeps(app));
      return acceptAppWebhook(webhook, {
        isKnown: async (shop) => (await settings.profile(shop)) !== null,
        note: ({ shop, topic, webhookId }) => events.noteWebhook(shop, { topic, webhookId }),
        quarantine: quarantine.keep,
        installation: settings.installation,
        returnedAt: settings.returnedAt,
        doubtInstallation: settings.doubtInstallation,
        uninstall: (shop, ending) => endInstallation(app, log, { shop, ...ending }),
        rememberScopes: async (shop, scopes) => {
          await app.connection.sessions.rememberScopes(shop, scopes);
          if (scopes.includes("read_products")) await app.unitCosts.retry(shop);
        },
        answerCompliance: (shop, request) =>
          answerCompliance(shop, request, { ...app.privacy, eraseShop: app.eraseShop, note: log.info }),
      });
    },
  };
}

function loadContext(app: OpenApp, env: Env, log: Log): AppLoadContext {
  const { shopify } = app.connection;
  const authenticate = async (request: Request) => {
    refuseInconsistentToken(request);
    return shopify.authenticate.admin(request);
  };
  return {
    shopify: {
      login: (request) => shopify.login(request),
      addDocumentResponseHeaders: (request, headers) => shopify.addDocumentResponseHeaders(request, headers),
      answerOwnPages: async (request) => void (await authenticate(request)),
    },
    signIn: signInWith(app, log, authenticate),
    signInExtension: extensionSignInWith(app, (request) => tokenHolderOf(request, app.connection.whoseToken)),
    apiKey: env.apiKey,
    reportError: (error) => log.error("server.request-failed", { error }),
  };
}
