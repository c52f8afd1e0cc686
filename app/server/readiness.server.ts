import type { Database } from "../database/db.server.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.server.ts";

/** Whether this process can do its work, and if not, what it lacks. */
export type Readiness =
  | { readonly kind: "ready" }
  | { readonly kind: "not-ready"; readonly because: "database" | "migrations" | "queue"; readonly status: string };

const NOT_READY = {
  database: "the database does not answer",
  migrations: "the database lacks a migration of this version",
  queue: "the queue has no tables in the database",
} as const;

const notReady = (because: keyof typeof NOT_READY): Readiness => ({
  kind: "not-ready",
  because,
  status: NOT_READY[because],
});

/**
 * Looks at the database, at its migrations (one that was restored from an older backup lacks some) and at the queue.
 * `migrations`: how many this version has; a database of a newer version has more, and works.
 */
export async function readinessOf(
  { database, queue }: { readonly database: Pick<Database, "prisma">; readonly queue: Pick<DeliveryQueue, "isThere"> },
  migrations: number,
): Promise<Readiness> {
  try {
    const [applied] = await database.prisma.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
    if ((applied?.count ?? 0) < migrations) return notReady("migrations");
    return (await queue.isThere()) ? { kind: "ready" } : notReady("queue");
  } catch {
    return notReady("database");
  }
}
