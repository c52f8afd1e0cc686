import { Prisma, type PrismaClient } from "@prisma/client";

import type { ConsentReceipt } from "../consent/types.ts";
import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import type { EventId, OrderId, ShopDomain } from "../event-contract/event-id.ts";
import type { EventName } from "../event-contract/event-name.ts";
import type { EventState } from "../outbox/types.ts";
import { storedConsent, storedSignal } from "./read-stored.ts";

/** The consent decision on one event, and why. Contains no identity, no address, and nothing that was sent. */
export type ConsentRecord = {
  readonly eventName: EventName;
  readonly eventId: EventId;
  readonly orderId: OrderId | null;
  readonly happenedAt: Date;
  readonly state: EventState;
  readonly reason: string | null;
  /** Null without a consent decision: the event was withheld before, or is not decided yet. */
  readonly consent: ConsentReceipt | null;
  /** What a browser reported after the decision, which it did not change. */
  readonly lateSignal: ConsentSignal | null;
};

export type ConsentQuery = { readonly orderId: OrderId | null; readonly since: Date };

/** The shop's consent receipts, oldest first. With an order: only that order's, of any date. */
export const readConsentLog = (
  prisma: PrismaClient,
  shop: ShopDomain,
  { orderId, since }: ConsentQuery,
): Promise<ConsentRecord[]> =>
  prisma.$queryRaw<ConsentRecord[]>`
    select event_name as "eventName", event_id as "eventId", order_id as "orderId", event_time as "happenedAt", state,
      reason, consent, late_signal as "lateSignal"
    from recorded_event
    where shop = ${shop}
      and ${orderId === null ? Prisma.sql`created_at >= ${since}::timestamptz` : Prisma.sql`order_id = ${orderId}`}
    order by created_at, event_name, event_id`.then((rows) =>
    rows.map((row) => ({
      ...row,
      consent: storedConsent(row.consent),
      lateSignal: storedSignal(row.lateSignal),
    })),
  );
