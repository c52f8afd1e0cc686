import { Prisma, type PrismaClient } from "@prisma/client";
import { everyShop } from "../database/tenancy.server.ts";
import { inBatches, throughAges } from "./through-ages.server.ts";

/** `unconfirmed`: deleted for their age; `beyondLimit`: for their number. */
export type UnconfirmedDropped = { readonly unconfirmed: number; readonly beyondLimit: number };

export type UnconfirmedOptions = { readonly now: Date; readonly batch?: number; readonly most?: number };

// Shopify repeats a webhook for four hours, and orders are compared with the ledger every hour, so an order that is
// real is known by then. Whoever knows a shop's ingest key can post receipts of orders that never were.
const KEPT_MS = 24 * 3_600_000;
// Of grants, and as many refusals, for each shop. In the busiest minute of Black Friday 2024 all of Shopify's shops
// together sold for 4.6 million dollars in carts of 109 (Shopify, 2024-12), so no shop alone has as many orders that wait
// the few seconds for their webhooks. About 30 MB.
const MOST = 20_000;
const BATCH = 5_000;

/**
 * Deletes receipts that belong to no order: after a day, and from each shop the oldest beyond a number. A receipt whose
 * order is known, whatever became of it, stays as long as others do (retention.server.ts), and so does one whose order
 * waits in quarantine. Safe to run twice, concurrently, and to interrupt.
 */
export async function dropUnconfirmed(
  prisma: PrismaClient,
  { now, batch = BATCH, most = MOST }: UnconfirmedOptions,
): Promise<UnconfirmedDropped> {
  const since = new Date(now.getTime() - KEPT_MS);
  const unconfirmed = await throughAges(prisma, {
    task: "unconfirmed-receipts",
    until: since,
    batch,
    oldest: async () =>
      (await everyShop(prisma).browserContext.aggregate({ _min: { receivedAt: true } }))._min.receivedAt,
    step: ({ from, until }) => prisma.$executeRaw`
      -- every shop: rows are kept as long everywhere
      delete from browser_context where ctid = any (array(
        select ctid from browser_context context
        where received_at >= ${from}::timestamptz and received_at < ${until}::timestamptz and ${IS_UNCONFIRMED}
        limit ${batch} for update skip locked
      ))`,
  });
  const shops = await prisma.$queryRaw<{ shop: string }[]>`
    -- every shop: looks for those with too many
    select shop from browser_context where received_at >= ${since}::timestamptz group by shop having count(*) > ${most}`;
  let beyondLimit = 0;
  for (const { shop } of shops) {
    beyondLimit += await inBatches(batch, () => dropBeyond(prisma, { shop, since, most, batch }));
  }
  return { unconfirmed, beyondLimit };
}

type Beyond = { readonly shop: string; readonly since: Date; readonly most: number; readonly batch: number };

/** Refusals have a number of their own, so that no flood of grants removes one. The oldest go: a real order is known soon. */
const dropBeyond = (prisma: PrismaClient, { shop, since, most, batch }: Beyond): Promise<number> => prisma.$executeRaw`
  with unconfirmed as (
    select id, row_number() over (
      partition by context.receipt->'signal'->>'marketing' order by received_at desc, id desc
    ) as nth
    from browser_context context
    where received_at >= ${since}::timestamptz and shop = ${shop} and ${IS_UNCONFIRMED}
  )
  delete from browser_context where shop = ${shop} and id in (
    select id from unconfirmed where nth > ${most} limit ${batch}
  )`;

/** Only an order makes a Purchase, so a visitor's own events confirm nothing. Two lookups, each with its index. */
const IS_UNCONFIRMED = Prisma.sql`(
  not exists (
    select from event where event.checkout_token = context.checkout_token and event.shop = context.shop
      and event_name = 'Purchase'
  ) and not exists (
    select from event where event.order_id = context.order_id and event.shop = context.shop and event_name = 'Purchase'
  ) and not exists (
    select from quarantine where quarantine.shop = context.shop and quarantine.order_id = context.order_id
      and replayed_at is null
  ))`;
