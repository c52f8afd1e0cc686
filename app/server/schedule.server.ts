import { setTimeout as pause } from "node:timers/promises";

import type { Env } from "../env/env.server.ts";
import { shopDomain, type ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import { deleteOldAccessRecords } from "../access/access-log.server.ts";
import { deleteExpired } from "../privacy/delete-expired.server.ts";
import { dropUnconfirmed } from "../privacy/unconfirmed-receipts.server.ts";
import { retire } from "../privacy/retention.server.ts";
import { backfillFigures, deleteOldFigures, foldFigures } from "../ledger/keep-figures.server.ts";
import { makeStorefrontDays } from "../privacy/storefront-days.server.ts";
import { endInstallation } from "./end-installation.server.ts";
import { acceptOrderDeps, type OpenApp } from "./open-app.server.ts";
import { dataRequestedAlert, type AlertOperator } from "./operator-alerts.server.ts";
import { assembleDataRequests } from "../jobs/assemble-data-requests.ts";
import { type CheckDeps, checkInstallations } from "../jobs/check-installations.server.ts";
import { mendFutureTimes } from "../jobs/mend-future-times.server.ts";
import { publishOutdatedSettings } from "../jobs/publish-settings.server.ts";
import { followParcels, type FollowParcelsDeps } from "../jobs/follow-parcels.ts";
import { deleteOldFlowMessages } from "../jobs/flow-outbox.server.ts";
import { sendFlowTriggers } from "../jobs/send-flow-triggers.ts";
import { sendTriggersDeps } from "./flow-port.server.ts";
import { type Comparison, type ReconcileDeps, reconcileOrders } from "../jobs/reconcile-orders.ts";

// Shopify resends a webhook for four hours, but nearly all arrive within seconds; later ones are recognized by their
// ID.
const GRACE_MS = 5 * 60_000;
const SHOPS_EACH_MINUTE = 500;
// Of each minute, so that the rest of it belongs to events alone.
const BACKFILL_MS = 20_000;
const FUTURE_TIMES_EVERY_MS = 10 * 60_000;

/**
 * Corrects times set by a clock that was ahead, now and every ten minutes. Uses its own timer, because the queue's
 * schedule may be affected too. Returns a function that stops it.
 */
export async function watchFutureTimes(app: Pick<OpenApp, "database" | "now">, log: Log): Promise<() => void> {
  const mend = async (): Promise<void> => {
    try {
      const mended = await mendFutureTimes(app.database.prisma, app.now());
      if (Object.keys(mended).length > 0) log.warn("clock.was-ahead", mended);
    } catch (error) {
      log.error("background.failed", { task: "future-times", error });
    }
  };
  await mend();
  const timer = setInterval(() => void mend(), FUTURE_TIMES_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** The worker's scheduled tasks. Any number of workers may call this: each run goes to one of them. */
export async function startBackground(
  app: OpenApp,
  { keepDays, alertOperator }: Pick<Env, "keepDays"> & { readonly alertOperator: AlertOperator },
  log: Log,
): Promise<void> {
  const { background } = app.queue;
  const shops = await background.perKey("reconcile", async (key) => {
    const shop = shopDomain(key);
    if (shop !== null) await reconcileShop(app, log, { shop, graceMs: GRACE_MS });
  });
  // Each shop has its own minute of the hour, which spreads the load.
  await background.every("reconcile-due", "* * * * *", async () => {
    await shops.offer(await app.reconciliations.takeDue(app.now(), SHOPS_EACH_MINUTE));
  });
  await background.every("publish-settings", "* * * * *", () => publishOutdatedSettings({ ...app, log }));
  await background.every("check-installations", "* * * * *", () => checkInstallations(checkDeps(app, log)));
  await background.every("follow-parcels", "* * * * *", () => followParcels(comparisonDeps(app, log)));
  await background.every("flow-triggers", "* * * * *", () => sendFlowTriggers(sendTriggersDeps(app, log)));
  await background.every("data-requests", "* * * * *", () =>
    assembleDataRequests({
      requests: app.privacy.dataRequests,
      assemble: app.privacy.assembleFile,
      alert: (shop) => alertOperator(dataRequestedAlert(shop)),
      log,
    }),
  );
  // Hourly, so that a refusal is retried soon; each shop's policy is read once a day.
  await background.every("consent-policies", "43 * * * *", app.readDuePolicies);
  // For items sold for the first time whose cost was not read in time; all others are read once a day.
  await background.every("unit-costs", "*/10 * * * *", app.readDueCosts);
  // Often, because between two runs a shop's receipts are limited by the collector's rate alone.
  await background.every("unconfirmed-receipts", "*/10 * * * *", async () => {
    const dropped = await dropUnconfirmed(app.database.prisma, { now: app.now() });
    if (dropped.unconfirmed + dropped.beyondLimit > 0) log.info("receipts.dropped", dropped);
  });
  await background.every("daily-figures", "* * * * *", async () => {
    await foldFigures(app.database.prisma);
    await backfillFigures(app.database.prisma, { forMs: BACKFILL_MS });
  });
  await keepStorefrontDays(app, log);
  await background.every("housekeeping", "17 * * * *", async () => {
    const { prisma } = app.database;
    const retired = await retire(prisma, { days: keepDays, now: app.now() });
    const accessRecords = await deleteOldAccessRecords(prisma, app.now());
    const dailyFigures = await deleteOldFigures(prisma, { now: app.now(), ledgerDays: keepDays.ledger });
    const expired = await deleteExpired(prisma, app.now());
    const flowMessages = await deleteOldFlowMessages(prisma, app.now());
    log.info("housekeeping.done", { ...retired, ...expired, flowMessages, accessRecords, dailyFigures });
  });
}

/** Makes the partitions of storefront events ahead, now and every hour. */
async function keepStorefrontDays(app: OpenApp, log: Log): Promise<void> {
  const makeDays = async (): Promise<void> => {
    try {
      await makeStorefrontDays(app.database.prisma, app.now());
    } catch (error) {
      // The days to come are there already, and an event of another goes to the default partition.
      log.error("background.failed", { task: "storefront-days", error });
    }
  };
  await makeDays();
  await app.queue.background.every("storefront-days", "31 * * * *", makeDays);
}

const checkDeps = (app: OpenApp, log: Log): CheckDeps => ({
  settings: app.settings,
  admin: app.connection.offlineAdmin,
  appUrl: app.appUrl,
  holdsGrant: app.connection.holdsGrant,
  publish: app.publish,
  end: ({ shop, tokenGrantedAt }) => endInstallation(app, log, { shop, at: null, tokenGrantedAt }),
  erase: async (shop) => {
    await app.eraseShop(shop);
    log.info("privacy.shop-erased", { shop });
  },
  log,
});

const comparisonDeps = (app: OpenApp, log: Log): ReconcileDeps & FollowParcelsDeps => ({
  ...app.reconciliations,
  ...acceptOrderDeps(app),
  takeLooks: app.events.takeLooks,
  installedAt: app.settings.installedAt,
  admin: app.connection.offlineAdmin,
  pause: async (ms) => void (await pause(ms)),
  log,
});

/** Compares one shop with the ledger, now. Never throws for Shopify's errors, which the report contains. */
export async function reconcileShop(
  app: OpenApp,
  log: Log,
  { shop, graceMs }: { readonly shop: ShopDomain; readonly graceMs: number },
): Promise<Comparison> {
  const report = await reconcileOrders(shop, comparisonDeps(app, log), { graceMs });
  const { orders, missing, message } = report;
  if (message === null) log.info("reconcile.done", { shop, orders, missing });
  else log.warn("reconcile.failed", { shop, orders, missing, problem: message });
  return report;
}
