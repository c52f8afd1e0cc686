import { PgBoss } from "pg-boss";
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

  const pending = new Map<string, WakeUp>();
  let lingering: NodeJS.Timeout | undefined;
  let sweeping: NodeJS.Timeout | undefined;
  let stopping = false;

  async function send(): Promise<void> {
    lingering = undefined;
    const targets = [...pending.values()];
    pending.clear();
    if (targets.length === 0) return;
    try {
      await boss.insert(
        QUEUE,
        targets.map((target) => ({ data: target, singletonKey: keyOf(target) })),
      );
    } catch (error) {
      log.warn("queue.failed", { step: "wake", count: targets.length, error });
    }
  }

  function wake(targets: readonly WakeUp[]): void {
    for (const target of targets) pending.set(keyOf(target), target);
    if (!stopping) lingering ??= setTimeout(() => void send(), LINGER_MS);
  }

  async function work(drain: (wakeUp: WakeUp) => Promise<void>, due: () => Promise<readonly WakeUp[]>): Promise<void> {
    await boss.work<WakeUp>(
      QUEUE,
      // With notify on, pg-boss would fall back to polling every 30 s for jobs it was not told of (retries).
      { batchSize: 1, localConcurrency: WORKERS[database.kind], pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
      async ([job]) => {
        if (job) await drain(job.data);
      },
    );
    const sweep = async (): Promise<void> => {
      try {
        wake(await due());
      } catch (error) {
        log.warn("queue.failed", { step: "sweep", error });
      }
      if (!stopping) sweeping = setTimeout(() => void sweep(), SWEEP_MS);
    };
    await sweep();
  }

  async function stop(timeoutMs: number): Promise<void> {
    stopping = true;
    clearTimeout(lingering);
    clearTimeout(sweeping);
    await send();
    await boss.stop({ graceful: true, timeout: timeoutMs });
  }

  return { wake, work, stop };
}

// PGlite is one connection in our own thread: more workers would only queue there.
const WORKERS = { pglite: 2, postgresql: 8 } satisfies Record<Database["kind"], number>;
