import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import { endWaits } from "./end-waits.server.ts";
import { dropStorefrontDays, emptyStorefrontBodies } from "./storefront-days.server.ts";
import { inBatches, throughAges } from "./through-ages.server.ts";

/** How long each kind of row is kept, in days. */
export type RetentionDays = {
  /** Receipts: cookies, IP address and user agent of a checkout. Kept longer while the order may still count. */
  readonly contexts: number;
  /** The personal data (hashes, IP address, user agent, page) in an event that has ended. */
  readonly bodies: number;
  /** Events with their deliveries, and leads with their reports. */
  readonly ledger: number;
  /** Storefront events, in whole days. */
  readonly storefront: number;
  readonly attempts: number;
  readonly webhooks: number;
  readonly quarantine: number;
};

/**
 * Number of deleted rows, or of emptied ones for `bodies`; `waits`: orders that did not count in time; `storefront`:
 * dropped days.
 */
export type Retired = Readonly<Record<keyof RetentionDays | "waits", number>>;

export type RetentionOptions = { readonly days: RetentionDays; readonly now: Date; readonly batch?: number };

// Small enough that no statement holds its locks or delays autovacuum for long.
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/** Deletes rows that have reached their age, in batches. Safe to run twice, concurrently, and to interrupt. */
export async function retire(prisma: PrismaClient, { days, now, batch = BATCH }: RetentionOptions): Promise<Retired> {
  const before = (kind: keyof RetentionDays): Date => new Date(now.getTime() - days[kind] * DAY_MS);
  const drop = (kind: keyof RetentionDays, table: string, age: string): Promise<number> =>
    inBatches(batch, () => deleteBatch(prisma, { table, age, before: before(kind), batch }));
  return {
    // First, because receipts are kept while their orders wait.
    waits: await inBatches(batch, () => endWaits(prisma, { now, limit: batch })),
    contexts: await inBatches(batch, () => deleteReceipts(prisma, before("contexts"), batch)),
    webhooks: await drop("webhooks", "webhook_receipt", "received_at"),
    quarantine: await drop("quarantine", "quarantine", "received_at"),
    attempts: await drop("attempts", "attempt", "started_at"),
    bodies:
      (await emptyBodies(prisma, before("bodies"), batch)) +
      (await inBatches(batch, () => emptyLateBodies(prisma, before("bodies"), batch))) +
      (await emptyStorefrontBodies(prisma, before("bodies"), batch)),
    ledger:
      (await deleteEvents(prisma, before("ledger"), batch)) +
      (await drop("ledger", "lead_stage", "received_at")) +
      (await drop("ledger", "lead", "created_at")),
    // Last, because it gives up where a long query has the table.
    storefront: await dropStorefrontDays(prisma, before("storefront"), batch),
  };
}

type Drop = { readonly table: string; readonly age: string; readonly before: Date; readonly batch: number };

/** The names are this file's own, never a caller's. Rows that another process is deleting are skipped. */
const deleteBatch = (prisma: PrismaClient, { table, age, before, batch }: Drop): Promise<number> =>
  prisma.$executeRaw`
    delete from ${Prisma.raw(table)} where ctid = any (array(
      select ctid from ${Prisma.raw(table)} where ${Prisma.raw(age)} < ${before}::timestamptz
      limit ${batch} for update skip locked
    ))`;

/**
 * A receipt stays for as long as its order may still be paid: with a refusal too, which holds nothing of the visitor and
 * may contradict another receipt of the order.
 */
const deleteReceipts = (prisma: PrismaClient, before: Date, batch: number): Promise<number> => prisma.$executeRaw`
  -- every shop: rows are kept as long everywhere
  delete from browser_context where ctid = any (array(
    select context.ctid from browser_context context
    where received_at < ${before}::timestamptz and not exists (
      select from event where event.shop = context.shop and event.checkout_token = context.checkout_token
        and event_name = 'Purchase' and state = 'waiting-for-payment'
    ) and not exists (
      select from event where event.shop = context.shop and event.order_id = context.order_id
        and event_name = 'Purchase' and state = 'waiting-for-payment'
    )
    limit ${batch} for update of context skip locked
  ))`;

/** Events before deliveries, in key order: every statement that ends events locks in this order. */
const deleteEvents = (prisma: PrismaClient, before: Date, batch: number): Promise<number> =>
  throughAges(prisma, {
    task: "ledger",
    until: before,
    batch,
    step: ({ from, until }) => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      with old as materialized (
        select shop, event_name, event_id from event
        where created_at >= ${from}::timestamptz and created_at < ${until}::timestamptz
        order by shop, event_name, event_id limit ${batch} for update
      ), outbox as (
        delete from delivery using old
        where (delivery.shop, delivery.event_name, delivery.event_id) = (old.shop, old.event_name, old.event_id)
      )
      delete from event using old
      where (event.shop, event.event_name, event.event_id) = (old.shop, old.event_name, old.event_id)`,
  });

/**
 * Removes the personal data from events that have ended; the items stay in the ledger. Waits for events that are still
 * pending (an in-store sale may be sent for 62 days).
 */
async function emptyBodies(prisma: PrismaClient, before: Date, batch: number): Promise<number> {
  const [reach] = await prisma.$queryRaw<{ until: Date }[]>`
    -- every shop: rows are kept as long everywhere
    select least(${before}::timestamptz, (
      select min(created_at) from event
      where created_at < ${before}::timestamptz and state in ('joining', 'queued')
        and created_at >= coalesce((select done_until from housekeeping where task = 'bodies'), '-infinity'::timestamptz)
    )) as until`;
  return throughAges(prisma, {
    task: "bodies",
    until: reach?.until ?? before,
    batch,
    step: ({ from, until }) => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      update event set body = ${withoutPersonIn("body")}
      where ctid = any (array(
        select ctid from event
        where created_at >= ${from}::timestamptz and created_at < ${until}::timestamptz
          and state not in ('joining', 'queued')
          and (body->'user_data' <> '{}'::jsonb or body ?| array['event_source_url', 'referrer_url'])
        limit ${batch} for no key update skip locked
      ))`,
  });
}

/**
 * The same for events that ended after the walk had passed their age: late payments and their related events. Their
 * days count from when they ended.
 */
const emptyLateBodies = (prisma: PrismaClient, before: Date, batch: number): Promise<number> => prisma.$executeRaw`
  -- every shop: rows are kept as long everywhere
  update event set body = ${withoutPersonIn("body")}
  where ctid = any (array(
    select ctid from event
    where body ? 'original_event_data' and body->'user_data' <> '{}'::jsonb and settled_at < ${before}::timestamptz
      -- Implied, and what the index is ordered by.
      and created_at < ${before}::timestamptz
    limit ${batch} for no key update skip locked
  ))`;
