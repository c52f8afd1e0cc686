import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { receiptOf, unseenSince } from "./receipt-of.server.ts";
import type { BrowserReceipt, Undecided } from "./types.ts";

export type UndecidedAsked = { readonly shop: ShopDomain; readonly limit: number };

// As JSON a receipt's time is text.
type StoredReceipt = Omit<BrowserReceipt, "receivedAt"> & { readonly receivedAt: string };
type Row = Omit<Undecided, "receipt"> & { readonly n: number; readonly receipt: StoredReceipt | null };

/**
 * Each shop's events whose join time is over or whose receipt is here, the longest-waiting first; one list for each
 * question, in their order. Claims nothing.
 */
export async function takeUndecided(
  prisma: PrismaClient,
  requested: readonly UndecidedAsked[],
  now: Date,
): Promise<readonly Undecided[][]> {
  const shops = JSON.stringify(requested.map(({ shop, limit }, n) => ({ n, shop, most: limit })));
  // The columns hold what addEvents and addReceipts wrote from these very types.
  const rows = await prisma.$queryRaw<Row[]>`
    with requested as (
      select * from json_to_recordset(${shops}::json) as requested(n int, shop text, most int) limit ${requested.length}
    )
    select requested.n, joining.* from requested cross join lateral (
      select event.shop, event.event_name as "eventName", event.event_id as "eventId", event.body, event.origin,
        event.order_id as "orderId", event.region, coalesce(event.signal, context.receipt->'signal') as signal, context.receipt,
        event.browser_leg as "browserLeg", event.net_revenue as "costBasis", event.created_at as "createdAt"
      from event ${receiptOf("event")}
      where event.shop = requested.shop and event.state = 'joining' and event.decide_at is not null
        and (event.decide_at <= ${now}::timestamptz or event.created_at >= ${unseenSince(now)}::timestamptz)
        and (event.decide_at <= ${now}::timestamptz or context.receipt is not null)
      order by event.decide_at
      limit requested.most
    ) joining`;
  const answers = requested.map((): Undecided[] => []);
  for (const { n, receipt, ...row } of rows) {
    const seen = receipt && { ...receipt, receivedAt: new Date(receipt.receivedAt) };
    answers[n]?.push({ ...row, receipt: seen });
  }
  return answers;
}
