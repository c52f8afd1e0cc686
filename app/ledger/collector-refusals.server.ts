import type { PrismaClient } from "@prisma/client";
import type { Log } from "../logging/logger.server.ts";
import type { RefusedBecause } from "./collector-refusal-types.ts";

export type CollectorRefusals = {
  /** Counts one refused post to a collector address, which may be any text. Runs no query. */
  readonly note: (ingestKey: string, because: RefusedBecause) => void;
  /** Stores the counts. */
  readonly flush: () => Promise<void>;
};

type Count = { readonly key: string; readonly because: RefusedBecause; posts: number };

const FLUSH_AFTER_MS = 10_000;
// Anyone can invent addresses; posts to further ones count under no shop.
const MOST_KEYS = 1_000;
const KEY_LENGTH = 100;
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Counts the posts that the collector refuses in memory, and adds them to the day's figures ten seconds later. Counts
 * that are not stored yet are lost with the process, which is acceptable for figures that only people read.
 */
export function createCollectorRefusals(
  prisma: PrismaClient,
  { now, log }: { readonly now: () => Date; readonly log: Log },
): CollectorRefusals {
  let counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | null = null;

  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const written = [...counts.values()];
    counts = new Map();
    if (written.length === 0) return;
    await add(prisma, written, now()).catch((error: unknown) => log.warn("collect.refusals-not-counted", { error }));
  };

  return {
    flush,
    note: (ingestKey, because) => {
      const key = counts.size < MOST_KEYS ? ingestKey.slice(0, KEY_LENGTH) : "";
      const name = `${because} ${key}`;
      const count = counts.get(name);
      if (count) count.posts += 1;
      else counts.set(name, { key, because, posts: 1 });
      timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
    },
  };
}

/** Resolves addresses to shops. Days are in UTC. */
async function add(prisma: PrismaClient, counts: readonly Count[], now: Date): Promise<void> {
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const oldest = new Date(day.getTime() - KEPT_DAYS * DAY_MS);
  await prisma.$executeRaw`
    -- every shop: one process counts for all of them, by the ingest key
    with forgotten as (delete from collector_refusal where day < ${oldest}::timestamptz)
    insert into collector_refusal (shop, day, reason, posts)
    select coalesce(shop.domain, ''), ${day}::timestamptz, noted.reason, sum(noted.posts)
    from unnest(
      ${counts.map(({ key }) => key)}::text[],
      ${counts.map(({ because }) => because)}::text[],
      ${counts.map(({ posts }) => posts)}::bigint[]
    ) as noted (key, reason, posts)
    left join shop on shop.ingest_key = noted.key
    group by coalesce(shop.domain, ''), noted.reason
    on conflict (shop, day, reason) do update set posts = collector_refusal.posts + excluded.posts`;
}
