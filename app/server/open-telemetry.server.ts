import type { Clock } from "../env/clock.server.ts";
import { everyShop } from "../database/tenancy.server.ts";
import type { Database } from "../database/db.server.ts";
import type { Env } from "../env/env.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { queueAge } from "../outbox/queue-age.server.ts";
import type { QueueFigures } from "../telemetry/metrics.server.ts";
import { combine } from "../telemetry/combine.ts";
import type { Watcher } from "../telemetry/types.ts";

export type Telemetry = {
  /** Null if both metrics and traces are off; then no port is wrapped. */
  readonly watcher: Watcher | null;
  /** Null without TANDEM_METRICS_TOKEN. */
  readonly scrape: (() => Promise<string>) | null;
  readonly close: () => Promise<void>;
};

type TelemetryEnv = Pick<Env, "metricsToken" | "traces" | "role">;

/** Loads only what the environment enables, so that a process without metrics and traces has no cost. */
export async function openTelemetry(
  env: TelemetryEnv,
  { database, now, log }: { readonly database: Database; readonly now: Clock; readonly log: Log },
): Promise<Telemetry> {
  const metrics =
    env.metricsToken === undefined
      ? null
      : (await import("../telemetry/metrics.server.ts")).openMetrics(rememberedFigures(database, now, log));
  const traces =
    env.traces === undefined
      ? null
      : (await import("../telemetry/traces.server.ts")).openTraces({ ...env.traces, role: env.role });
  const watchers = [metrics?.watcher, traces?.watcher].filter((watcher) => watcher !== undefined);
  return {
    watcher: watchers.length === 0 ? null : combine(watchers),
    scrape: metrics?.scrape ?? null,
    close: async () => {
      await Promise.all([metrics?.close(), traces?.close()]);
    },
  };
}

const FIGURES_KEPT_MS = 15_000;

/** Queries the database at most once in that time, however often the metrics are scraped. */
function rememberedFigures({ prisma }: Database, now: Clock, log: Log): () => Promise<QueueFigures | null> {
  let cached: { readonly at: number; readonly figures: Promise<QueueFigures | null> } | null = null;
  const ask = async (): Promise<QueueFigures | null> => {
    try {
      const [age, pixels, quarantined] = await Promise.all([
        queueAge(prisma, now()),
        everyShop(prisma).pixel.groupBy({ by: ["state"], _count: true }),
        everyShop(prisma).quarantine.count({ where: { replayedAt: null } }),
      ]);
      const states = Object.fromEntries(pixels.map(({ state, _count }) => [state, _count]));
      return { decideAge_s: age.decide_s, deliverAge_s: age.deliver_s, pixels: states, quarantined };
    } catch (error) {
      // The process's own metrics are useful even while the database is unavailable.
      log.warn("metrics.queue-unknown", { error });
      return null;
    }
  };
  return () => {
    const at = now().getTime();
    if (cached === null || at - cached.at >= FIGURES_KEPT_MS) cached = { at, figures: ask() };
    return cached.figures;
  };
}
