import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { type Money, toNumber } from "../event-contract/money.ts";
import { moneyOf } from "./cost-operations.server.ts";
import type { CostState } from "./types.ts";

/** The known costs of a sale's variants. */
export type KnownCosts = {
  /** By variant; a missing one has no cost, or none that is known yet. */
  readonly costs: ReadonlyMap<string, Money>;
  /** Variants whose cost was never read from Shopify. */
  readonly unread: readonly string[];
  /** False after Shopify refused, until the next scheduled reading. */
  readonly mayAsk: boolean;
};

/** The cost per item of what shops sell, as last read from Shopify. */
export type UnitCosts = {
  readonly known: (shop: ShopDomain, variantIds: readonly string[]) => Promise<ReadonlyMap<string, Money>>;
  /** The costs of variants that were just sold. From then on they are kept up to date. */
  readonly ofSold: (shop: ShopDomain, variantIds: readonly string[]) => Promise<KnownCosts>;
  /** Sold variants whose cost was never read, or not for a day. */
  readonly toRead: (shop: ShopDomain, limit: number) => Promise<readonly string[]>;
  readonly save: (shop: ShopDomain, costs: ReadonlyMap<string, Money | null>) => Promise<void>;
  /** Every variant of the shop is up to date: the next reading is in a day. */
  readonly noteRead: (shop: ShopDomain) => Promise<void>;
  /**
   * Shopify did not answer; the next reading is in an hour. The costs read before stay in force. The problem is as
   * costs/cost-problem.ts reads it.
   */
  readonly noteProblem: (shop: ShopDomain, problem: string) => Promise<void>;
  /** The merchant granted a scope: the next reading is at once. */
  readonly retry: (shop: ShopDomain) => Promise<void>;
  readonly due: (limit: number) => Promise<readonly ShopDomain[]>;
  /** Deletes what was not sold for three months, or everything after the merchant switched net revenue off. */
  readonly forget: (shop: ShopDomain, what: "unsold" | "everything") => Promise<void>;
  readonly stateOf: (shop: ShopDomain) => Promise<CostState>;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// Slightly less than the day after which a shop is due again, so that one run reads a whole shop.
const OLD_MS = 23 * HOUR_MS;
const KEPT_UNSOLD_MS = 90 * DAY_MS;

export function createUnitCosts(prisma: PrismaClient, now: () => Date): UnitCosts {
  const ago = (ms: number): Date => new Date(now().getTime() - ms);
  const setDue = async (shop: ShopDomain, inMs: number, problem: string | null): Promise<void> => {
    const data = { dueAt: ago(-inMs), problem };
    await prisma.unitCostReading.upsert({ where: { shop }, create: { shop, ...data }, update: data });
  };

  return {
    known: async (shop, variantIds) =>
      costsIn(await prisma.unitCost.findMany({ where: { shop, variantId: { in: [...variantIds] } } })),
    ofSold: (shop, variantIds) => readSold(prisma, { shop, variantIds, at: now() }),

    toRead: async (shop, limit) => {
      const rows = await prisma.unitCost.findMany({
        where: { shop, OR: [{ readAt: null }, { readAt: { lte: ago(OLD_MS) } }] },
        select: { variantId: true },
        orderBy: { readAt: { sort: "asc", nulls: "first" } },
        take: limit,
      });
      return rows.map(({ variantId }) => variantId);
    },

    save: (shop, costs) => saveCosts(prisma, { shop, costs, at: now() }),
    noteRead: (shop) => setDue(shop, DAY_MS, null),
    noteProblem: (shop, problem) => setDue(shop, HOUR_MS, problem),

    retry: async (shop) => {
      const data = { dueAt: now(), problem: null };
      await prisma.unitCostReading.updateMany({ where: { shop, problem: { not: null } }, data });
    },
    due: async (limit) => {
      const rows = await prisma.$queryRaw<{ shop: ShopDomain }[]>`
        -- every shop: the worker looks for those whose costs are due
        select reading.shop from unit_cost_reading reading join shop on domain = reading.shop
        where due_at <= ${now()}::timestamptz and uninstalled_at is null order by due_at limit ${limit}`;
      return rows.map(({ shop }) => shop);
    },

    forget: async (shop, what) => {
      const unsold = what === "unsold" ? { soldAt: { lte: ago(KEPT_UNSOLD_MS) } } : {};
      await prisma.unitCost.deleteMany({ where: { shop, ...unsold } });
      if (what === "everything") await prisma.unitCostReading.deleteMany({ where: { shop } });
    },

    stateOf: (shop) => readState(prisma, shop),
  };
}

async function readState(prisma: PrismaClient, shop: ShopDomain): Promise<CostState> {
  const [reading, variants, withCost] = await Promise.all([
    prisma.unitCostReading.findUnique({ where: { shop } }),
    prisma.unitCost.count({ where: { shop } }),
    prisma.unitCost.count({ where: { shop, amount: { not: null } } }),
  ]);
  return { problem: reading?.problem ?? null, variants, withCost };
}

type Sold = { readonly shop: ShopDomain; readonly variantIds: readonly string[]; readonly at: Date };

async function readSold(prisma: PrismaClient, { shop, variantIds, at }: Sold): Promise<KnownCosts> {
  const [rows, reading] = await Promise.all([
    prisma.unitCost.findMany({ where: { shop, variantId: { in: [...variantIds] } } }),
    prisma.unitCostReading.findUnique({ where: { shop } }),
  ]);
  const known = new Map(rows.map((row) => [row.variantId, row]));
  // Once a day is enough to know what is still sold, and saves a write for nearly every order.
  const notedAt = (id: string): number => known.get(id)?.soldAt.getTime() ?? 0;
  const unnoted = variantIds.filter((id) => notedAt(id) <= at.getTime() - DAY_MS);
  if (unnoted.length > 0) await noteSold(prisma, { shop, variantIds: unnoted, at });
  return {
    costs: costsIn(rows),
    unread: variantIds.filter((id) => !known.get(id)?.readAt),
    mayAsk: (reading?.problem ?? null) === null,
  };
}

type StoredCost = { readonly variantId: string; readonly amount: string | null; readonly currency: string | null };

const costsIn = (rows: readonly StoredCost[]): ReadonlyMap<string, Money> =>
  new Map(
    rows.flatMap(({ variantId, amount, currency }) => {
      const money = amount !== null && currency !== null ? moneyOf({ amount, currencyCode: currency }) : null;
      return money === null ? [] : [[variantId, money] as const];
    }),
  );

/** Stores the variants, and makes the shop due if one of them is new, but not within the hour after a refusal. */
const noteSold = (prisma: PrismaClient, { shop, variantIds, at }: Sold): Promise<number> => prisma.$executeRaw`
  with sold as (
    insert into unit_cost as known (shop, variant_id, sold_at)
    select ${shop}, variant_id, ${at}::timestamptz from unnest(${[...variantIds]}::text[]) variant_id order by variant_id
    on conflict (shop, variant_id) do update set sold_at = greatest(known.sold_at, excluded.sold_at)
    returning read_at
  )
  insert into unit_cost_reading as reading (shop, due_at)
  select ${shop}, ${at}::timestamptz where exists (select from sold where read_at is null)
  on conflict (shop) do update set due_at = least(reading.due_at, excluded.due_at) where reading.problem is null`;

type Read = { readonly shop: ShopDomain; readonly costs: ReadonlyMap<string, Money | null>; readonly at: Date };

/** Only for variants that were sold and are still stored. */
async function saveCosts(prisma: PrismaClient, { shop, costs, at }: Read): Promise<void> {
  const rows = [...costs].map(([id, cost]) => ({
    id,
    amount: cost && String(toNumber(cost)),
    currency: cost?.currency,
  }));
  await prisma.$executeRaw`
    update unit_cost set amount = reading.amount, currency = reading.currency, read_at = ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as reading(id text, amount text, currency text)
    where shop = ${shop} and variant_id = reading.id`;
}
