import { setTimeout as pause } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { type BackgroundWork, createBackgroundWork } from "./background-work.server.ts";
import { forgetJobs } from "./forget-jobs.server.ts";
import type { Database } from "../database/db.server.ts";
import type { WakeUp } from "../pipeline/wake-ups.ts";
import type { Log } from "../logging/logger.server.ts";
import { serialPerKey, type SerialJobs } from "./serial-per-key.ts";

export type DeliveryQueue = {
  /**
   * Wakes the worker after a commit. Never waits and never fails: the sweep replaces a lost wake-up. Calls within the
   * linger are sent together, so that a burst of orders becomes one job per pixel.
   */
  wake(targets: readonly WakeUp[]): void;
  /**
   * Runs `drain` for each wake-up, at most one at a time per pixel in this process, and sweeps for missed ones. From
   * then on this process handles its own wake-ups; those of processes without a worker go through the queue.
   */
  work(drain: (wakeUp: WakeUp) => Promise<void>, due: () => Promise<readonly WakeUp[]>): Promise<void>;
  /** Scheduled work, on the same queue engine. */
  readonly background: BackgroundWork;
  /** Deletes every job that names this shop, whatever became of it. */
  forget(shop: string): Promise<unknown>;
  /** False while the queue engine's tables are missing. Throws while the database does not answer. */
  isThere(): Promise<boolean>;
  /** Stops taking wake-ups and waits for the running ones, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
};

const QUEUE = "wake-up";
// Long enough that a burst shares one job, short compared with a request to Meta.
const LINGER_MS = 40;
const SWEEP_MS = 2_000;
// After this time without a heartbeat a dead worker loses its job; pg-boss allows no less than 10.
const HEARTBEAT_SECONDS = 10;
// Concurrent drains share their statements (decision 42), so that many cost little more than one.
const AT_ONCE = 24;
// Its own jobs only start something.
const QUEUE_STOP_MS = 1_000;

/**
 * A wake-up as the queue stores it: its keys stay, because an older version of the app may take the job. `isDecided` is
 * not stored: a job stands for all wake-ups of its pixel that come while it waits, and one of them may have to decide.
 */
type StoredWakeUp = Pick<WakeUp, "shop"> & { readonly destinationId: WakeUp["pixelId"] };
const stored = ({ shop, pixelId }: WakeUp): StoredWakeUp => ({ shop, destinationId: pixelId });
const restored = ({ shop, destinationId }: StoredWakeUp): WakeUp => ({ shop, pixelId: destinationId });

/** One wake-up instead of two of the same pixel: it decides where one of them has to. */
const merged = (one: WakeUp, other: WakeUp): WakeUp => (one.isDecided === true ? other : one);

const keyOf = (wakeUp: WakeUp): string => wakeUp.pixelId ?? wakeUp.shop;

type Keyed = { readonly singletonKey: string };
const byKey = (a: Keyed, b: Keyed): number => (a.singletonKey < b.singletonKey ? -1 : 1);

/**
 * pg-boss on the app's own database. The outbox rows are the data; a job is only a wake-up, which ends as soon as its
 * drain has begun. Policy `short` with the pixel as key: at most one waits per pixel, so batches are large and no shop
 * starves another.
 */
export async function createDeliveryQueue(database: Database, log: Log): Promise<DeliveryQueue> {
  const boss = await startBoss(database, log);
  let drains: SerialJobs<WakeUp> | undefined;
  const send = (targets: readonly WakeUp[]): Promise<unknown> => {
    // Always in the same order: two inserts with common keys could deadlock otherwise.
    const jobs = targets.map((target) => ({ data: stored(target), singletonKey: keyOf(target) }));
    return boss.insert(QUEUE, jobs.sort(byKey));
  };
  const linger = lingering(async (targets) => {
    if (drains === undefined) await send(targets);
    else void drains.add(targets);
  }, log);
  let sweeping: NodeJS.Timeout | undefined;

  async function work(drain: (wakeUp: WakeUp) => Promise<void>, due: () => Promise<readonly WakeUp[]>): Promise<void> {
    const own = serialPerKey<WakeUp>({
      atOnce: AT_ONCE,
      keyOf,
      merge: merged,
      run: drain,
      // The sweep picks up what the failed drain left.
      failed: (error) => log.warn("queue.failed", { step: "drain", error }),
    });
    drains = own;
    await boss.work<StoredWakeUp>(QUEUE, { ...POLLING, batchSize: AT_ONCE }, (jobs) =>
      own.add(jobs.map(({ data }) => restored(data))),
    );
    const sweep = async (): Promise<void> => {
      try {
        // Through the queue, so that the workers share what was missed.
        const missed = await due();
        if (missed.length > 0) await send(missed);
      } catch (error) {
        log.warn("queue.failed", { step: "sweep", error });
      }
      sweeping = setTimeout(() => void sweep(), SWEEP_MS);
    };
    await sweep();
  }

  async function stop(timeoutMs: number): Promise<void> {
    clearTimeout(sweeping);
    await linger.flush();
    const patience = new AbortController();
    await Promise.race([
      drains?.stop(),
      pause(timeoutMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    await boss.stop({ graceful: true, timeout: QUEUE_STOP_MS });
  }

  const forget = (shop: string) => forgetJobs(database.prisma, shop);
  const isThere = async (): Promise<boolean> => (await boss.getQueue(QUEUE)) !== null;

  return { wake: linger.add, work, background: createBackgroundWork(boss, log), forget, isThere, stop };
}

// With notify on, pg-boss would poll only every 30 s for jobs without a notification (retries).
const POLLING = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 } as const;

async function startBoss(database: Database, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    ...database.boss,
    schema: "pgboss",
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    monitorVacuum: false,
  });
  boss.on("error", (error) => log.error("queue.failed", { error }));
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: "short",
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // Each event keeps its own schedule; a job of a dead worker is only retried soon.
    retryLimit: 1_000_000,
    retryDelay: 1,
    deleteAfterSeconds: 60,
  });
  // The embedded database's only previous process has ended: its jobs would block their pixels until their heartbeat
  // runs out. The first sweep wakes whatever is due.
  if (database.kind === "pglite") await boss.deleteAllJobs(QUEUE);
  return boss;
}

/**
 * Collects wake-ups for the linger, and while the previous ones are being sent, and passes on one per pixel. A failure
 * only delays: the sweep picks up what is due.
 */
function lingering(send: (targets: readonly WakeUp[]) => Promise<unknown>, log: Log) {
  const pending = new Map<string, WakeUp>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  const sendPending = async (): Promise<void> => {
    const targets = [...pending.values()];
    pending.clear();
    await send(targets).catch((error: unknown) => {
      log.warn("queue.failed", { step: "wake", count: targets.length, error });
    });
    sending = undefined;
    if (pending.size > 0) start();
  };
  const start = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      sending = sendPending();
    }, LINGER_MS);
  };
  const flush = async (): Promise<void> => {
    await sending;
    clearTimeout(timer);
    timer = undefined;
    if (pending.size > 0) await sendPending();
  };
  const add = (targets: readonly WakeUp[]): void => {
    for (const target of targets) {
      const waiting = pending.get(keyOf(target));
      pending.set(keyOf(target), waiting === undefined ? target : merged(waiting, target));
    }
    if (pending.size > 0 && sending === undefined) start();
  };
  return { add, flush };
}
