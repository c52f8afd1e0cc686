import type { PgBoss } from "pg-boss";

import type { Log } from "../logging/logger.server.ts";

/** Background work. Only processes that call one of these methods do it; pg-boss gives each run to one process. */
export type BackgroundWork = {
  /** Runs `work` on a schedule (five-field cron, UTC), once for all processes. A failed run waits for its next time. */
  every(task: string, cron: string, work: () => Promise<void>): Promise<void>;
  /**
   * Runs `work` once for each offered key, one at a time per key across all processes. A key that already waits or runs
   * is not added again.
   */
  perKey(
    task: string,
    work: (key: string) => Promise<void>,
  ): Promise<{ offer(keys: readonly string[]): Promise<void> }>;
  /** Runs `work` for each job at least once: a failure is retried with growing delays for some hours. */
  queued<Job extends object>(
    task: string,
    work: (job: Job) => Promise<void>,
  ): Promise<{ send(job: Job): Promise<void> }>;
  /** Leaves a job to the process that works on this task by `queued`. Any process may. */
  leave(task: string, job: object): Promise<void>;
};

// After this time without a heartbeat a dead process loses its run; pg-boss allows no less than 10.
const HEARTBEAT_SECONDS = 30;
// Far longer than one run takes; without it a hung run would block its task forever.
const EXPIRE_SECONDS = 30 * 60;
const KEPT_SECONDS = 3_600;
const POLLING_SECONDS = 5;
const RETRIED = {
  // With delays that double from five seconds: about three hours.
  retryLimit: 11,
  retryDelay: 5,
  retryBackoff: true,
  expireInSeconds: 60,
  deleteAfterSeconds: KEPT_SECONDS,
} as const;

export function createBackgroundWork(boss: PgBoss, log: Log): BackgroundWork {
  const logFailure = async (task: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error("background.failed", { task, error });
    }
  };

  return {
    async every(task, cron, work) {
      await prepare(boss, task);
      await boss.work(task, { pollingIntervalSeconds: POLLING_SECONDS }, () => logFailure(task, work));
      await boss.schedule(task, cron, null, { tz: "UTC" });
    },
    async queued<Job extends object>(task: string, work: (job: Job) => Promise<void>) {
      await boss.createQueue(task, RETRIED);
      await boss.work<Job>(task, { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS }, async ([job]) => {
        if (!job) return;
        await work(job.data).catch((error: unknown) => {
          log.error("background.failed", { task, error });
          throw error;
        });
      });
      return { send: async (job) => void (await boss.send(task, job)) };
    },
    async leave(task, job) {
      await boss.createQueue(task, RETRIED);
      await boss.send(task, job);
    },
    async perKey(task, work) {
      await prepare(boss, task);
      const options = { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS, localConcurrency: 2 };
      await boss.work<{ key: string }>(task, options, async ([job]) => {
        if (job) await logFailure(task, () => work(job.data.key));
      });
      return {
        offer: async (keys) => {
          if (keys.length > 0) {
            await boss.insert(
              task,
              keys.map((key) => ({ data: { key }, singletonKey: key })),
            );
          }
        },
      };
    },
  };
}

const prepare = (boss: PgBoss, task: string): Promise<void> =>
  boss.createQueue(task, {
    // At most one waiting or running, of the task or of each of its keys.
    policy: "exclusive",
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: EXPIRE_SECONDS,
    // The schedule or the next offer is the retry.
    retryLimit: 0,
    deleteAfterSeconds: KEPT_SECONDS,
  });
