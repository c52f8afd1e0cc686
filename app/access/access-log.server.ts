import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { everyShop } from "../database/tenancy.server.ts";
import type { Log } from "../logging/logger.server.ts";
import { storedSubject } from "./subjects.ts";
import type { AccessRecord, Actor, Seen, SeenKind } from "./types.ts";

/** Who saw which event or export. */
export type AccessLog = {
  /** Runs no query, and never throws: a page does not wait for its record, and does not fail with it. */
  readonly note: (shop: ShopDomain, by: Actor, seen: Seen) => void;
  /** Stores what was noted. */
  readonly flush: () => Promise<void>;
  /** Newest first, including what was noted just now. */
  readonly list: (shop: ShopDomain, limit: number) => Promise<readonly AccessRecord[]>;
};

type Noted = AccessRecord & { readonly shop: ShopDomain };

const FLUSH_AFTER_MS = 1_000;
const RETRY_AFTER_MS = 30_000;
/** Records waiting for a database that is away. Ten thousand page views take about 2 MB. */
const MOST_WAITING = 10_000;
const SUBJECT_LENGTH = 300;

/** A year, because who looked is asked when an incident is found, which is often months later. */
export const ACCESS_KEPT_DAYS = 365;
const DAY_MS = 86_400_000;

/** Collects records in memory and stores them a second later, in one statement. A killed process loses that second. */
export function createAccessLog(
  prisma: PrismaClient,
  { now, log }: { readonly now: () => Date; readonly log: Log },
): AccessLog {
  let waiting: Noted[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flushAfter = (ms: number): void => void (timer ??= setTimeout(() => void flush(), ms).unref());

  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const written = waiting;
    waiting = [];
    if (written.length === 0) return;
    try {
      await add(prisma, written);
    } catch (error) {
      log.error("access.not-recorded", { records: written.length, error });
      waiting = [...written, ...waiting].slice(-MOST_WAITING);
      flushAfter(RETRY_AFTER_MS);
    }
  };

  return {
    flush,
    note: (shop, by, { kind, subject }) => {
      if (waiting.length >= MOST_WAITING) return log.error("access.not-recorded", { records: 1 });
      const stored = subject && storedSubject(subject).slice(0, SUBJECT_LENGTH);
      waiting.push({ shop, by, kind, subject: stored, at: now() });
      flushAfter(FLUSH_AFTER_MS);
    },
    list: async (shop, limit) => {
      await flush();
      const rows = await prisma.accessRecord.findMany({
        where: { shop },
        orderBy: [{ seenAt: "desc" }, { id: "desc" }],
        take: limit,
      });
      // `note` wrote the kinds.
      return rows.map(({ seenAt, seenBy, kind, subject }) => ({
        at: seenAt,
        by: seenBy,
        kind: kind as SeenKind,
        subject,
      }));
    },
  };
}

/** A shop that was erased meanwhile gets no row. */
const add = (prisma: PrismaClient, noted: readonly Noted[]): Promise<number> => prisma.$executeRaw`
  -- every shop: one process notes for all of them, and each row contains its shop
  insert into access_record (shop, seen_at, seen_by, kind, subject)
  select shop.domain, noted.at, noted.by, noted.kind, noted.subject
  from unnest(
    ${noted.map(({ shop }) => shop)}::text[],
    ${noted.map(({ at }) => at.toISOString())}::timestamptz[],
    ${noted.map(({ by }) => by)}::text[],
    ${noted.map(({ kind }) => kind)}::text[],
    ${noted.map(({ subject }) => subject)}::text[]
  ) with ordinality as noted (shop, at, by, kind, subject, place)
  join shop on shop.domain = noted.shop
  order by noted.place`;

/** Deletes the records that have reached their age; returns their number. */
export async function deleteOldAccessRecords(prisma: PrismaClient, now: Date): Promise<number> {
  const before = new Date(now.getTime() - ACCESS_KEPT_DAYS * DAY_MS);
  const { count } = await everyShop(prisma).accessRecord.deleteMany({ where: { seenAt: { lt: before } } });
  return count;
}
