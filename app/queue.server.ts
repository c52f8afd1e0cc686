import { PgBoss } from "pg-boss";
import { type BackgroundWork, createBackgroundWork } from "./background-work.server.ts";
import type { Database } from "./db.server.ts";
import type { WakeUp } from "./journey/wake-ups.ts";
import type { Log } from "./logger.server.ts";

export type DeliveryQueue = {
  /**
   * Wakes the worker after a commit. Never waits and never fails: a lost wake-up is found by the sweep. Calls within
   * the linger are sent together, so that a burst of orders becomes one job per pixel.
   */
  wake(targets: readonly WakeUp[]): void;
  /** Runs `drain` for each wake-up, at most one at a time per pixel across all processes, and sweeps for missed ones. */
  work(drain: (wakeUp: WakeUp) => Promise<void>, due: () => Promise<readonly WakeUp[]>): Promise<void>;
  /** Work by the clock, on the same queue engine. */
  readonly background: BackgroundWork;
  /** False while its engine has no tables to work on. Throws while the database does not answer. */
  isThere(): Promise<boolean>;
  /** Stops taking wake-ups, waits for the running ones (at most `timeoutMs`). */
  stop(timeoutMs: number): Promise<void>;
};

const QUEUE = "deliver";
// Long enough that a burst shares one job, short beside the way to Meta.
const LINGER_MS = 20;
const SWEEP_MS = 2_000;
// A worker that dies without a word loses its job after this long; pg-boss allows no less than 10.
const HEARTBEAT_SECONDS = 10;

const keyOf = (wakeUp: WakeUp): string => wakeUp.destinationId ?? wakeUp.shop;

/**
 * pg-boss on the app's own database. The outbox rows are the data, a job is only a wake-up. Policy `stately` with the
 * pixel as key: at most one waiting and one running per pixel, so batches are large and no shop starves another.
 */
export async function createDeliveryQueue(database: Database, log: Log): Promise<DeliveryQueue> {
  const boss = await startBoss(database, log);
  const linger = lingering(
    (targets) =>
      boss.insert(
        QUEUE,
        targets.map((target) => ({ data: target, singletonKey: keyOf(target) })),
      ),
    log,
  );
  let sweeping: NodeJS.Timeout | undefined;

  async function work(drain: (wakeUp: WakeUp) => Promise<void>, due: () => Promise<readonly WakeUp[]>): Promise<void> {
    await boss.work<WakeUp>(QUEUE, { ...POLLING, localConcurrency: WORKERS[database.kind] }, async ([job]) => {
      if (job) await drain(job.data);
    });
    const sweep = async (): Promise<void> => {
      try {
        linger.add(await due());
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
    await boss.stop({ graceful: true, timeout: timeoutMs });
  }

  const isThere = async (): Promise<boolean> => (await boss.getQueue(QUEUE)) !== null;

  return { wake: linger.add, work, background: createBackgroundWork(boss, log), isThere, stop };
}

// With notify on, pg-boss would fall back to polling every 30 s for jobs that it was not told of (retries).
const POLLING = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 } as const;
// PGlite is one connection in our own thread: more workers would only queue there.
const WORKERS = { pglite: 2, postgresql: 8 } satisfies Record<Database["kind"], number>;

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
    policy: "stately",
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // The drain itself keeps every event's own schedule; a job that died is only tried again soon.
    retryLimit: 1_000_000,
    retryDelay: 1,
    deleteAfterSeconds: 60,
  });
  // The embedded database had one process, and that one is gone: its jobs would only block their pixels until their
  // heartbeat runs out. The first sweep wakes whatever is due.
  if (database.kind === "pglite") await boss.deleteAllJobs(QUEUE);
  return boss;
}

/** Collects wake-ups for a moment and sends each pixel's once. A failure costs a moment: the sweep finds what is due. */
function lingering(send: (targets: readonly WakeUp[]) => Promise<unknown>, log: Log) {
  const pending = new Map<string, WakeUp>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const targets = [...pending.values()];
    pending.clear();
    if (targets.length === 0) return;
    await send(targets).catch((error: unknown) => {
      log.warn("queue.failed", { step: "wake", count: targets.length, error });
    });
  };
  const add = (targets: readonly WakeUp[]): void => {
    for (const target of targets) pending.set(keyOf(target), target);
    timer ??= setTimeout(() => void flush(), LINGER_MS);
  };
  return { add, flush };
}
