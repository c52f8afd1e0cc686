import { Prisma, type PrismaClient } from "@prisma/client";

import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { type OrderId, purchaseEventId, type ShopDomain } from "../event-contract/event-id.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import { receiptOf } from "./receipt-of.server.ts";
import type { BrowserReceipt, OrderFacts, Origin } from "./types.ts";

/** Of the stored facts. A change of `Order` that older facts do not have needs the next number. */
const FORMAT = 1;

/** Of addEvents: the facts as they were when the Purchase was decided, not of a message that changed nothing. */
export const writeOrderFacts = (now: Date): Prisma.Sql => Prisma.sql`
  insert into order_facts (shop, order_id, seen_at, advanced, format, facts)
  select shop, input.order_id, ${now}::timestamptz, not written.is_new, ${FORMAT}::smallint, input.order_facts
  from input join written using (shop, event_name, event_id)
  where input.order_facts is not null and input.order_id is not null order by input.order_id, shop
  on conflict (order_id, shop) do update set
    seen_at = excluded.seen_at, advanced = excluded.advanced, format = excluded.format, facts = excluded.facts`;

/** An order as it was when its Purchase was decided, and what the ledger has of the decision. */
export type RecordedOrder = {
  readonly orderId: OrderId;
  readonly orderName: string | null;
  readonly facts: OrderFacts;
  readonly seenAt: Date;
  readonly advanced: boolean;
  readonly origin: Origin;
  /** Empty where the customer's data is not kept any more. */
  readonly userData: UserData;
  readonly signal: ConsentSignal | null;
  readonly consent: ConsentReceipt | null;
  /** Of the order's browser, the oldest first. */
  readonly receipts: readonly BrowserReceipt[];
};

type Place = Pick<RecordedOrder, "seenAt" | "orderId">;

export type PageOfOrders = {
  readonly shop: ShopDomain;
  readonly since: Date;
  /** Where the page before ended; null: from the newest. */
  readonly after: Place | null;
  readonly limit: number;
};

/** `next`: where the next page starts; null: there is none. */
export type RecordedOrders = { readonly orders: readonly RecordedOrder[]; readonly next: Place | null };

type Kept = Pick<RecordedOrder, "orderId" | "seenAt" | "facts" | "advanced">;

/** A shop's orders that can be rehearsed, newest first. Test orders are none. */
export async function readRecordedOrders(
  prisma: PrismaClient,
  { shop, since, after, limit }: PageOfOrders,
): Promise<RecordedOrders> {
  const older =
    after === null
      ? Prisma.empty
      : Prisma.sql`and (seen_at, order_id) < (${after.seenAt}::timestamptz, ${after.orderId})`;
  // addEvents wrote the columns from this type.
  const kept = await prisma.$queryRaw<Kept[]>`
    select order_id as "orderId", facts, seen_at as "seenAt", advanced from order_facts
    where shop = ${shop} and seen_at >= ${since}::timestamptz and format = ${FORMAT}::smallint ${older}
    order by seen_at desc, order_id desc limit ${limit}::integer`;
  const decided = await decidedOf(prisma, shop, kept);
  const orders = kept.flatMap((order): RecordedOrder[] => {
    const purchase = decided.get(order.orderId);
    return purchase === undefined ? [] : [{ ...order, ...purchase }];
  });
  return { orders, next: kept.length < limit ? null : (kept.at(-1) ?? null) };
}

type Decided = Omit<RecordedOrder, "facts" | "seenAt" | "advanced">;
// In JSON, the receipt's time is text.
type Row = Omit<Decided, "receipts"> & {
  readonly receipts: readonly (Omit<BrowserReceipt, "receivedAt"> & { readonly receivedAt: string })[] | null;
};

/** The orders' Purchases, each looked up by its key: without statistics PostgreSQL would scan for a join. */
async function decidedOf(
  prisma: PrismaClient,
  shop: ShopDomain,
  orders: readonly Pick<RecordedOrder, "orderId">[],
): Promise<ReadonlyMap<OrderId, Decided>> {
  const ids = orders.map(({ orderId }) => purchaseEventId(shop, orderId));
  // addEvents and addReceipts wrote the columns from these types.
  const rows = await prisma.$queryRaw<Row[]>`
    select event.order_id as "orderId", event.order_name as "orderName", event.origin,
      event.body->'user_data' as "userData", event.signal, event.consent, context.receipts
    from event ${receiptOf("event")}
    where event.shop = ${shop} and event.event_name = 'Purchase' and event.event_id = any (${ids}::text[])
      and not event.is_test`;
  return new Map(
    rows.map(({ receipts, ...row }) => [
      row.orderId,
      {
        ...row,
        receipts: (receipts ?? []).map((receipt) => ({ ...receipt, receivedAt: new Date(receipt.receivedAt) })),
      },
    ]),
  );
}

/** How many orders the ledger has that cannot be rehearsed; `most` if there are as many or more. */
export async function countUnrecorded(
  prisma: PrismaClient,
  { shop, since, most }: { readonly shop: ShopDomain; readonly since: Date; readonly most: number },
): Promise<number> {
  const [row] = await prisma.$queryRaw<{ readonly orders: number }[]>`
    select count(*)::integer as orders from (
      select from event where shop = ${shop} and created_at >= ${since}::timestamptz and event_name = 'Purchase'
        and not is_test and order_id is not null and not exists (
          select from order_facts kept
          where kept.order_id = event.order_id and kept.shop = event.shop and kept.format = ${FORMAT}::smallint
        )
      limit ${most}::integer
    ) unrecorded`;
  return row?.orders ?? 0;
}
