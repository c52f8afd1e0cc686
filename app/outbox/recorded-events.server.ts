import { Prisma, type PrismaClient } from "@prisma/client";

import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { PixelId } from "../settings/types.ts";
import { receiptOf } from "./receipt-of.server.ts";
import type { BrowserReceipt, EventKey, EventState, Origin } from "./types.ts";

/** What is recorded of an order's event besides what Meta was sent: enough to decide it again. */
export type RecordedEvent = Pick<EventKey, "eventName" | "eventId"> & {
  readonly state: EventState;
  readonly reason: string | null;
  readonly origin: Origin;
  readonly signal: ConsentSignal | null;
  /** What a browser reported about consent after the decision. */
  readonly lateSignal: ConsentSignal | null;
  readonly browserLeg: BrowserLeg | null;
  /** When the browser reported its leg; null if none did. */
  readonly browserSeenAt: Date | null;
  readonly createdAt: Date;
  /** Null while the event is open. Two reads with the same time saw the same ending. */
  readonly settledAt: Date | null;
  /** The oldest first. */
  readonly receipts: readonly BrowserReceipt[];
  readonly deliveries: readonly { readonly pixelId: PixelId; readonly state: string }[];
  /** The first request with the event of which Meta did not say whether it took it; null if there is none. */
  readonly unclearSince: Date | null;
};

type Row = Omit<RecordedEvent, "receipts"> & { readonly receipts: readonly StoredReceipt[] | null };
// In JSON, the receipt's time is text.
type StoredReceipt = Omit<BrowserReceipt, "receivedAt"> & { readonly receivedAt: string };

/** What an ending removes from a receipt, and from its JSON with it. */
const WITHOUT_PERSON = { fbp: null, fbc: null, ip: null, userAgent: null, url: null, referrer: null } as const;

/** An order has a handful of events: the purchase, its upsells, its refunds. */
const MOST_EVENTS = 50;

/** Meta may have taken the events of a request that it did not answer, or in whose middle it failed. */
const UNCLEAR = Prisma.sql`attempt.verdict = 'try-later' and coalesce(attempt.http_status, 500) >= 500`;

/** What is recorded of every event of an order, in one statement. Writes nothing. */
export async function recordedEvents(
  prisma: PrismaClient,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<readonly RecordedEvent[]> {
  // addEvents, addReceipts and writeDecisions wrote the columns from these types.
  const rows = await prisma.$queryRaw<Row[]>`
    select event.event_name as "eventName", event.event_id as "eventId", event.state, event.reason, event.origin,
      event.signal, event.late_signal as "lateSignal", event.browser_leg as "browserLeg",
      event.browser_seen_at as "browserSeenAt", event.created_at as "createdAt", event.settled_at as "settledAt",
      context.receipts, deliveries, unclear_since as "unclearSince"
    from event ${receiptOf("event")} cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('pixelId', destination_id, 'state', delivery.state)), '[]') as deliveries
      from delivery where delivery.shop = ${shop} and delivery.event_name = event.event_name
        and delivery.event_id = event.event_id
    ) sent cross join lateral (
      select min(started_at) as unclear_since from attempt where attempt.shop = ${shop} and ${UNCLEAR} and id in (
        select unnest(attempt_ids) from delivery where delivery.shop = ${shop}
          and delivery.event_name = event.event_name and delivery.event_id = event.event_id
      )
    ) tried
    where event.shop = ${shop} and event.order_id = ${orderId}
    order by event.event_time, event.created_at, event.event_name, event.event_id
    limit ${MOST_EVENTS}`;
  return rows.map(({ receipts, ...row }) => ({
    ...row,
    receipts: (receipts ?? []).map((receipt) => ({
      ...WITHOUT_PERSON,
      ...receipt,
      receivedAt: new Date(receipt.receivedAt),
    })),
  }));
}
