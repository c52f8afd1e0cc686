import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { receiptOf, unseenSince } from "./receipt-of.server.ts";
import type { BrowserReceipt, Undecided } from "./types.ts";

// As JSON a receipt's time is text.
type StoredReceipt = Omit<BrowserReceipt, "receivedAt"> & { readonly receivedAt: string };
type Row = Omit<Undecided, "receipt"> & { readonly receipt: StoredReceipt | null };

/** The shop's events whose join time is over or whose receipt is here, the longest-waiting first. Claims nothing. */
export async function takeUndecided(
  prisma: PrismaClient,
  shop: ShopDomain,
  { limit, now }: { readonly limit: number; readonly now: Date },
): Promise<Undecided[]> {
  // The columns hold what addEvents and addReceipts wrote from these very types.
  const rows = await prisma.$queryRaw<Row[]>`
    select event.shop, event.event_name as "eventName", event.event_id as "eventId", event.body, event.origin,
      event.order_id as "orderId", event.region, coalesce(event.signal, context.receipt->'signal') as signal, context.receipt,
      event.browser_leg as "browserLeg", event.net_revenue as "costBasis", event.created_at as "createdAt"
    from event ${receiptOf("event")}
    where event.shop = ${shop} and event.state = 'joining' and event.decide_at is not null
      and (event.decide_at <= ${now}::timestamptz or event.created_at >= ${unseenSince(now)}::timestamptz)
      and (event.decide_at <= ${now}::timestamptz or context.receipt is not null)
    order by event.decide_at
    limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    receipt: row.receipt && { ...row.receipt, receivedAt: new Date(row.receipt.receivedAt) },
  }));
}
