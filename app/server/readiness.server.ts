import { DataFolderProblem } from "../database/data-folder.server.ts";
import type { Database } from "../database/db.server.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.server.ts";

/** Whether this process is ready, and if not, what is missing. */
export type Readiness =
  | { readonly kind: "ready" }
  | {
      readonly kind: "not-ready";
      readonly because: "database" | "migrations" | "queue" | "keys" | "disk";
      readonly status: string;
    };

const NOT_READY = {
  database: "the database does not answer",
  migrations: "the database lacks a migration of this version",
  queue: "the queue has no tables in the database",
  keys: "stored tokens cannot be opened",
  disk: "nothing can be written",
} as const;

const notReady = (because: keyof typeof NOT_READY, detail?: string): Readiness => ({
  kind: "not-ready",
  because,
  status: detail === undefined ? NOT_READY[because] : `${NOT_READY[because]}: ${detail}`,
});

type Examined = {
  readonly database: Pick<Database, "prisma" | "probeWrite">;
  readonly queue: Pick<DeliveryQueue, "isThere">;
  /** The problem with the encryption keys; null if they open the stored values. */
  readonly keys: () => Promise<string | null>;
};

/**
 * Checks the database, its migrations (a restored older backup may lack some), the queue, the keys, and whether writing
 * works.
 * `migrations`: how many this version has; a newer version's database has more, and works.
 */
export async function readinessOf({ database, queue, keys }: Examined, migrations: number): Promise<Readiness> {
  try {
    const [applied] = await database.prisma.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
    if ((applied?.count ?? 0) < migrations) return notReady("migrations");
    if (!(await queue.isThere())) return notReady("queue");
    const wrong = await keys();
    if (wrong !== null) return notReady("keys", wrong);
  } catch {
    return notReady("database");
  }
  return writability(database);
}

async function writability(database: Examined["database"]): Promise<Readiness> {
  try {
    await database.probeWrite();
    return { kind: "ready" };
  } catch (error) {
    return notReady("disk", error instanceof DataFolderProblem ? error.message : "the database refuses a write");
  }
}

/** Caches the answer, so that a flood of requests costs nothing. Concurrent callers share one check. */
export function remembered(look: () => Promise<Readiness>, forMs: number): () => Promise<Readiness> {
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;
  return () => {
    const at = performance.now();
    if (last === undefined || at - last.at >= forMs) last = { at, answer: look() };
    return last.answer;
  };
}
