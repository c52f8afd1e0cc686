import { Prisma, type PrismaClient } from "@prisma/client";

import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { eventRow, type StoredEvent } from "./event-row.ts";
import { HELD_BY } from "./held-by.server.ts";
import { storedBrowserLeg, storedConsent, storedSignal } from "./read-stored.ts";
import type { LeadEvent, OrderDelivery, OrderEvent } from "./types.ts";

type Stored = StoredEvent & {
  readonly consent: unknown;
  readonly lateSignal: unknown;
  readonly deliveries: readonly OrderDelivery[];
};

/** An order has a handful of events: the purchase, its upsells, its refunds. A lead has its form and its stages. */
const MOST_EVENTS = 50;

/** Every event of one order with the last answer for each pixel, oldest first, in one statement. */
export async function readOrderEvents(
  prisma: PrismaClient,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<readonly OrderEvent[]> {
  const rows = await eventsWithAnswers(prisma, shop, Prisma.sql`event.order_id = ${orderId}`);
  return rows.map(orderEvent);
}

/** The same for one lead, with each receipt of consent: the event of its form, and those of its stages. */
export async function readLeadEvents(
  prisma: PrismaClient,
  shop: ShopDomain,
  leadId: string,
): Promise<readonly LeadEvent[]> {
  const rows = await eventsWithAnswers(
    prisma,
    shop,
    Prisma.sql`(event.event_name, event.event_id) in (
      select action, lead_id from lead where shop = ${shop} and lead_id = ${leadId}
      union all
      select 'LeadStage', event_id from lead_stage
      where shop = ${shop} and lead_id = ${leadId} and outcome = 'accepted' and event_id is not null
    )`,
  );
  return rows.map((stored) => ({
    ...orderEvent(stored),
    consent: storedConsent(stored.consent),
    lateSignal: storedSignal(stored.lateSignal),
  }));
}

async function eventsWithAnswers(
  prisma: PrismaClient,
  shop: ShopDomain,
  isMeant: Prisma.Sql,
): Promise<readonly Stored[]> {
  // The outbox wrote the columns from the types that Stored consists of. A pixel that has been disconnected since is
  // shown by its internal ID.
  return prisma.$queryRaw<Stored[]>`
    select event.shop, event.event_name as "eventName", event.event_id as "eventId", event.event_time as "eventTime",
      event.order_id as "orderId", event.order_name as "orderName", event.is_test as "isTest", event.state, event.reason, ${HELD_BY},
      jsonb_build_object('custom_data', body->'custom_data', 'event_name', body->'event_name',
        'action_source', body->'action_source') as body,
      browser_data as "browserData", browser_leg as "browserLeg",
      consent, late_signal as "lateSignal",
      (
        select coalesce(jsonb_agg(jsonb_build_object(
          'metaPixelId', coalesce(destination.pixel_id, delivery.destination_id::text),
          'state', delivery.state,
          'reason', delivery.reason,
          'answer', case when attempt.id is null then null else jsonb_build_object(
            'verdict', attempt.verdict, 'message', attempt.message, 'httpStatus', attempt.http_status,
            'code', attempt.code, 'traceId', attempt.trace_id
          ) end
        ) order by coalesce(destination.pixel_id, delivery.destination_id::text)), '[]'::jsonb)
        from delivery
        left join destination on destination.id = delivery.destination_id and destination.shop = delivery.shop
        left join attempt
          on attempt.id = delivery.attempt_ids[cardinality(delivery.attempt_ids)] and attempt.shop = delivery.shop
        where delivery.shop = ${shop} and delivery.event_name = event.event_name and delivery.event_id = event.event_id
      ) as deliveries
    from event
    where event.shop = ${shop} and ${isMeant}
    order by event.event_time, event.created_at, event.event_name, event.event_id
    limit ${MOST_EVENTS}`;
}

function orderEvent({ deliveries, ...stored }: Stored): OrderEvent {
  const leg = storedBrowserLeg(stored.browserLeg);
  return { ...eventRow(stored), browserSkipped: leg?.sent === false ? leg.because : null, deliveries };
}
