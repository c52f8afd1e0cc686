import { PgBoss } from "pg-boss";
import type { OpenApp } from "../../app/server/open-app.server.ts";

export type ScheduledWork = {
  /** Has the app's worker do these tasks as soon as it looks, which is within seconds, instead of at their next minute. */
  readonly due: (...tasks: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The schedule of a running app, by its own queue: a task that waits or runs is not added again. */
export async function scheduledWorkOf({ database }: Pick<OpenApp, "database">): Promise<ScheduledWork> {
  const boss = new PgBoss({ ...database.boss, schema: "pgboss", supervise: false, schedule: false, migrate: false });
  await boss.start();
  return {
    due: async (...tasks) => {
      for (const task of tasks) await boss.send(task);
    },
    close: () => boss.stop({ graceful: false }),
  };
}
