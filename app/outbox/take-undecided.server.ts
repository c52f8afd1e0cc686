import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { receiptOf, unseenSince } from "./receipt-of.server.ts";
import type { BrowserReceipt, Undecided } from "./types.ts";

export type UndecidedRequest = { readonly shop: ShopDomain; readonly limit: number };

// In JSON, the receipt's time is text.
type StoredReceipt = Omit<BrowserReceipt, "receivedAt"> & { readonly receivedAt: string };
type Row = Omit<Undecided, "receipt" | "otherReceipts"> & {
  readonly n: number;
  readonly receipts: readonly StoredReceipt[] | null;
};

/**
 * Each shop's events that can be decided: the join time is over, or the receipt has arrived. Oldest first; one list per
 * request, in order. Claims nothing.
 */
export async function takeUndecided(
  prisma: PrismaClient,
  requested: readonly UndecidedRequest[],
  now: Date,
): Promise<readonly Undecided[][]> {
  const shops = JSON.stringify(requested.map(({ shop, limit }, n) => ({ n, shop, most: limit })));
  // addEvents and addReceipts wrote the columns from these types.
  const rows = await prisma.$queryRaw<Row[]>`
    with requested as (
      select * from json_to_recordset(${shops}::json) as requested(n int, shop text, most int) limit ${requested.length}
    )
    select requested.n, joining.* from requested cross join lateral (
      select event.shop, event.event_name as "eventName", event.event_id as "eventId", event.body, event.origin,
        event.order_id as "orderId", event.region, event.signal, context.receipts,
        event.browser_leg as "browserLeg", event.net_revenue as "costBasis", event.is_test as "isTest", event.created_at as "createdAt"
      from event ${receiptOf("event")}
      where event.shop = requested.shop and event.state = 'joining' and event.decide_at is not null
        and (event.decide_at <= ${now}::timestamptz or event.created_at >= ${unseenSince(now)}::timestamptz)
        and (event.decide_at <= ${now}::timestamptz or context.receipts is not null)
      order by event.decide_at
      limit requested.most
    ) joining`;
  const answers = requested.map((): Undecided[] => []);
  for (const { n, receipts, ...row } of rows) {
    const [receipt = null, ...others] = (receipts ?? []).map(fromStored);
    answers[n]?.push({ ...row, receipt, ...(others.length > 0 && { otherReceipts: others }) });
  }
  return answers;
}

const fromStored = (receipt: StoredReceipt): BrowserReceipt => ({
  ...receipt,
  receivedAt: new Date(receipt.receivedAt),
});
