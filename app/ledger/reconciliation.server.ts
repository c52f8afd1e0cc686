import { type Prisma, type PrismaClient } from "@prisma/client";

import type { EventState } from "../outbox/types.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { ReconcileReport, ReconcileState } from "./types.ts";

export type LedgerEntry = { readonly state: EventState; readonly reason: string | null };

/** How far each shop's orders have been compared with the ledger, and which ones ledger and quarantine have. */
export type Reconciliations = {
  readonly state: (shop: ShopDomain) => Promise<ReconcileState | null>;
  /** Shops that are due. Their next turn is an hour later, whatever the outcome of this one. */
  readonly takeDue: (now: Date, limit: number) => Promise<readonly ShopDomain[]>;
  /** Every change before this time has been compared; the next run, or this one after a crash, continues here. */
  readonly advance: (shop: ShopDomain, watermark: Date) => Promise<void>;
  readonly finish: (shop: ShopDomain, report: ReconcileReport, now: Date) => Promise<void>;
  /** The Purchases of these orders. */
  readonly inLedger: (shop: ShopDomain, ids: readonly OrderId[]) => Promise<ReadonlyMap<OrderId, LedgerEntry>>;
  /** The orders among these that have a payload in quarantine. */
  readonly inQuarantine: (shop: ShopDomain, ids: readonly OrderId[]) => Promise<ReadonlySet<OrderId>>;
};

const HOUR_S = 3_600;

export const createReconciliations = (prisma: PrismaClient): Reconciliations => ({
  state: async (shop) => {
    const row = await prisma.reconciliation.findUnique({ where: { shop } });
    if (row === null) return null;
    const { watermark, finishedAt, problem } = row;
    // Only `finish` writes the column.
    return { watermark, finishedAt, problem, report: row.report as ReconcileReport | null };
  },

  takeDue: (now, limit) => takeDue(prisma, now, limit),

  advance: async (shop, watermark) => {
    await prisma.$executeRaw`
      insert into reconciliation as old (shop, due_at, watermark)
      values (${shop}, ${watermark}::timestamptz, ${watermark}::timestamptz)
      on conflict (shop) do update set watermark = greatest(old.watermark, excluded.watermark)`;
  },

  finish: async (shop, report, now) => {
    const facts = { finishedAt: now, problem: report.problem, report: report satisfies Prisma.InputJsonObject };
    await prisma.reconciliation.upsert({
      where: { shop },
      create: { shop, dueAt: new Date(now.getTime() + HOUR_S * 1000), ...facts },
      update: facts,
    });
  },

  inLedger: async (shop, ids) => {
    const rows = await prisma.$queryRaw<(LedgerEntry & { orderId: OrderId })[]>`
      select order_id as "orderId", state, reason from event
      where order_id = any (${[...ids]}::text[]) and shop = ${shop} and event_name = 'Purchase'`;
    return new Map(rows.map(({ orderId, ...entry }) => [orderId, entry]));
  },

  inQuarantine: async (shop, ids) => {
    const rows = await prisma.quarantine.findMany({
      where: { shop, orderId: { in: [...ids] }, replayedAt: null },
      select: { orderId: true },
    });
    const quarantined = new Set(rows.map((row) => row.orderId));
    return new Set(ids.filter((id) => quarantined.has(id)));
  },
});

async function takeDue(prisma: PrismaClient, now: Date, limit: number): Promise<readonly ShopDomain[]> {
  await prisma.$executeRaw`
      -- every shop: the worker looks for those whose comparison is due
      insert into reconciliation (shop, due_at)
      select domain, ${now}::timestamptz + make_interval(secs => abs(hashtext(domain) % ${HOUR_S}))
      from shop where uninstalled_at is null and not exists (select 1 from reconciliation where shop = domain)
      on conflict do nothing`;
  const rows = await prisma.$queryRaw<{ shop: ShopDomain }[]>`
      -- every shop: the worker looks for those whose comparison is due
      update reconciliation set due_at = ${now}::timestamptz + make_interval(secs => ${HOUR_S})
      where shop in (
        select reconciliation.shop from reconciliation join shop on domain = reconciliation.shop
        where due_at <= ${now}::timestamptz and uninstalled_at is null
        order by due_at limit ${limit} for update of reconciliation skip locked
      )
      returning shop`;
  return rows.map(({ shop }) => shop);
}
