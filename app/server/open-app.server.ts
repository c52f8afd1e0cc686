import { randomUUID } from "node:crypto";
import { createAccess } from "../access/access.server.ts";
import { sendAlert } from "../alerts/alerts.server.ts";
import { systemClock } from "../env/clock.server.ts";
import { keyProblem } from "../database/key-problem.ts";
import { troublesOfKeys } from "../database/key-rotation.server.ts";
import { watchKeys } from "./watch-keys.server.ts";
import { type Database, openDatabase } from "../database/db.server.ts";
import { createCollectorRefusals } from "../ledger/collector-refusals.server.ts";
import { noteOtherSenders } from "../ledger/other-senders.server.ts";
import type { Env } from "../env/env.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { createFlowOutbox } from "../jobs/flow-outbox.server.ts";
import { createSignatureCheck, createWebhookVerifier } from "../shopify/webhooks/verify-webhook.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { migrate } from "../database/migrate.server.ts";
import { withShopsOnly } from "../database/tenancy.server.ts";
import { createEventStore, type EventStore } from "../outbox/event-store.server.ts";
import { createDeliveryQueue, type DeliveryQueue } from "../queue/delivery-queue.server.ts";
import { readinessOf, remembered } from "./readiness.server.ts";
import { createApiKeys } from "../leads/api-keys.server.ts";
import { createDailyFigures } from "../ledger/daily-figures.server.ts";
import { createHookStore } from "../leads/hooks/hook-store.server.ts";
import { createEventLog } from "../ledger/event-log.server.ts";
import { createQuarantine } from "../ledger/quarantine.server.ts";
import { createReconciliations } from "../ledger/reconciliation.server.ts";
import { createSealer, type Sealer } from "../database/sealing.server.ts";
import { createSettingsStore } from "../settings/settings-store.server.ts";
import { openTombstones } from "../privacy/tombstones.server.ts";
import type { Pixel, ShopProfile } from "../settings/types.ts";
import type { AcceptOrderDeps } from "../pipeline/accept-order.ts";
import type { DrainDeps } from "../pipeline/drain-outbox.ts";
import { customerPrivacy, digestsWith } from "./customer-privacy.server.ts";
import { eraseShop } from "./erase-shop.server.ts";
import { openSending } from "./meta-connection.server.ts";
import { createFollowedWork } from "./followed-work.server.ts";
import { createTestStreams } from "./test-stream.server.ts";
import { openTelemetry } from "./open-telemetry.server.ts";
import { openShopify } from "./open-shopify.server.ts";
import { closeLead } from "../pipeline/close-lead.ts";
import { wakeUpsOf } from "../pipeline/wake-ups.ts";
import { settleAndNote } from "./flow-port.server.ts";
import { reachStagesDeps, sharedLeadsNamed } from "./leads-port.server.ts";
import { instrumentedEvents, instrumentedQuarantine } from "./instrumented-ports.server.ts";

const READINESS_KEPT_MS = 1_000;

/** Everything with side effects, created once per process. */
export type OpenApp = Awaited<ReturnType<typeof openApp>>;

/** The database with today's tables, whose model queries must name a shop, and the number of its migrations. */
async function openMigrated(env: Pick<Env, "databaseUrl" | "dataDir">, log: Log) {
  const opened = await openDatabase({ url: env.databaseUrl, dataDir: env.dataDir });
  const { applied, total } = await migrate(opened);
  if (applied.length > 0) log.info("server.migrated", { applied: [...applied] });
  return { database: { ...opened, prisma: withShopsOnly(opened.prisma) }, total };
}

/**
 * The composition root: opens and migrates the database, and connects the pipeline's ports. Makes no request to Shopify
 * or Meta. Throws the errors of openDatabase and migrate, so that a start that cannot work fails.
 */
export async function openApp(env: Env, log: Log) {
  const now = systemClock;
  const { database, total } = await openMigrated(env, log);
  const sealer = await openSealer(env, database);
  const settings = createSettingsStore(database.prisma, { sealer, now });
  const telemetry = await openTelemetry(env, { database, now, log });
  const { watcher } = telemetry;
  const tombstones = await openTombstones(database.prisma, { sealer, now });
  const privacy = customerPrivacy({ prisma: database.prisma, sealer, tombstones, now });
  const stored = { now, digestsOf: digestsWith(tombstones), written: watcher?.written };
  const events = instrumentedEvents(createEventStore(database.prisma, stored), watcher);
  const queue = await createDeliveryQueue(database, log);
  const sending = openSending(env, queue, log);
  const refusals = createCollectorRefusals(database.prisma, { now, log });
  const access = createAccess(database.prisma, { now, log });
  const keys = watchKeys(database, { sealer, alert: (alert) => sendAlert(alert, env), now, log });

  return {
    ...{ log, now, appUrl: env.appUrl },
    database,
    sealer,
    settings,
    events,
    sending,
    queue,
    telemetry,
    refusals,
    access,
    keys,
    ...forPages(),
    readiness: readinessWith({ database, queue, keys: keys.problem }, total),
    ...openShopify({ env, database, sealer, settings, log, now }),
    ...signatureChecks(env),
    privacy,
    ...leadReporters(database, { sealer, now }),
    quarantine: instrumentedQuarantine(createQuarantine(database.prisma, { ...sealer, ...privacy }), watcher),
    ...ledgerOf(database),
    noteOtherSenders: (report: Parameters<typeof noteOtherSenders>[1]) => noteOtherSenders(database.prisma, report),
    tombstones,
    eraseShop: (shop: ShopDomain) => eraseShop(shop, { prisma: database.prisma, tombstones, settings, queue, now }),
    /** The shop for its pages. Their user is authenticated, so a shop without a row gets one. */
    profile: async (shop: ShopDomain): Promise<ShopProfile> =>
      (await settings.profile(shop)) ?? (await settings.ensureShop(shop, "first visit")),
    /** Requeues the deliveries held for a repaired pixel. */
    releaseHeld: releaseHeldWith({ events, queue, now }),
    async close(): Promise<void> {
      await sending.close();
      await Promise.all([refusals.flush(), access.seen.flush()]);
      await telemetry.close();
      await database.close();
    },
  };
}

/** Whether Shopify sent it: a webhook, or a request of Shopify Flow. */
const signatureChecks = (env: Pick<Env, "apiSecret">) => ({
  verifyWebhook: createWebhookVerifier(env),
  isSignedByShopify: createSignatureCheck(env),
});

/** What open pages follow, in this process alone. */
const forPages = () => ({ testStreams: createTestStreams(), followed: createFollowedWork() });

const ledgerOf = ({ prisma }: Pick<Database, "prisma">) => ({
  eventLog: createEventLog(prisma),
  dailyFigures: createDailyFigures(prisma),
  reconciliations: createReconciliations(prisma),
});

/** Who may report stages of leads, and who is told of them. */
const leadReporters = ({ prisma }: Pick<Database, "prisma">, sealing: Parameters<typeof createHookStore>[1]) => ({
  apiKeys: createApiKeys(prisma, sealing.now),
  crmHooks: createHookStore(prisma, sealing),
  flowOutbox: createFlowOutbox(prisma),
});

type Releasing = {
  readonly events: Pick<EventStore, "releaseHeld">;
  readonly queue: Pick<DeliveryQueue, "wake">;
  readonly now: () => Date;
};

const releaseHeldWith =
  ({ events, queue, now }: Releasing) =>
  async ({ shop, id }: Pick<Pixel, "shop" | "id">): Promise<void> => {
    await events.releaseHeld(id, now());
    queue.wake([{ shop, pixelId: id }]);
  };

const readinessWith = (examined: Parameters<typeof readinessOf>[0], migrations: number) =>
  remembered(() => readinessOf(examined, migrations), READINESS_KEPT_MS);

/** Throws KeyProblem if the keys do not open the stored values; closes the database first. */
async function openSealer({ encryptionKeys }: Pick<Env, "encryptionKeys">, database: Database): Promise<Sealer> {
  const sealer = createSealer(encryptionKeys);
  const troubles = await troublesOfKeys(database.prisma, sealer);
  if (troubles.length === 0) return sealer;
  await database.close();
  throw keyProblem(troubles);
}

/**
 * The dependencies of `acceptOrder`, for orders from webhooks, from quarantine and from comparisons with Shopify alike.
 */
export function acceptOrderDeps(app: OpenApp): AcceptOrderDeps {
  const { settings, quarantine, events, queue, now } = app;
  const leads = { ...reachStagesDeps(app), leadsNamed: sharedLeadsNamed(app.database.prisma) };
  return {
    profile: settings.profile,
    uninstalledAt: settings.uninstalledAt,
    reopen: settings.reopen,
    quarantine: quarantine.keep,
    add: events.add,
    sentData: (shop, eventId) => events.sentData(shop, "Purchase", eventId),
    knownPurchase: events.knownPurchase,
    lookAgain: events.lookAgain,
    closeLead: (purchase, profile) => closeLead(purchase, profile, leads),
    wake: queue.wake,
    now,
  };
}

/** The worker's dependencies. */
export function drainDeps(app: OpenApp, { block }: Pick<DrainDeps, "block">, log: Log): DrainDeps {
  const { events, settings } = app;
  return {
    profile: settings.profile,
    takeUndecided: events.takeUndecided,
    decide: events.decide,
    consentPolicy: app.policies.policyOf,
    optOuts: app.saleOptOuts,
    unitCosts: app.costsOfSold,
    tokenOf: settings.tokenOf,
    claim: events.claim,
    send: app.sending.guarded.send,
    metaPauseMs: app.sending.guarded.pauseMs,
    recordAttempt: events.recordAttempt,
    settle: settleAndNote(events.settle, { outbox: app.flowOutbox, log }),
    release: events.release,
    renew: events.renew,
    backOff: events.backOff,
    pauseUntil: events.pauseUntil,
    isStopping: app.sending.isStopping,
    block,
    wake: app.queue.wake,
    newClaimant: randomUUID,
    now: app.now,
    jitter: Math.random,
    log,
  };
}

/** The wake-ups of a sweep. */
export async function dueWakeUps(app: OpenApp): Promise<Parameters<DeliveryQueue["wake"]>[0]> {
  const { shops, pixels } = await app.events.due(app.now());
  const profiles = await Promise.all(shops.map(app.settings.profile));
  return [...pixels, ...profiles.flatMap((profile) => (profile === null ? [] : wakeUpsOf(profile)))];
}
