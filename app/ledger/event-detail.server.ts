import type { Attempt, PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { MetaEvent } from "../event-contract/meta-event.ts";
import type { AttemptRecord } from "../outbox/types.ts";
import { eventRow, type StoredEvent } from "./event-row.ts";
import { HELD_BY } from "./held-by.server.ts";
import {
  storedBrowserLeg,
  storedConsent,
  storedCustomData,
  storedNetRevenue,
  storedServerLeg,
  storedSignal,
} from "./read-stored.ts";
import type { DeliveryDetail, EventDetail } from "./types.ts";

type Key = {
  readonly shop: ShopDomain;
  readonly eventName: string;
  readonly eventId: string;
  /** Which of the storefront events of different days under one ID is meant; without it, the one that came last. */
  readonly eventTime?: Date | null;
};

type StoredDetail = Omit<StoredEvent, "body"> &
  Pick<EventDetail, "origin" | "settingsVersion" | "createdAt" | "consent" | "lateSignal" | "netRevenue"> & {
    readonly body: MetaEvent;
    readonly browserSeenAt: Date | null;
  };

type StoredDelivery = Omit<DeliveryDetail, "attempts"> & {
  readonly eventTime: Date;
  readonly attemptIds: readonly bigint[];
};

const isAt = (one: { readonly eventTime: Date }, time: Date | null | undefined): boolean =>
  one.eventTime.getTime() === time?.getTime();

/** Both legs of one event, and every request that contained it, in three statements. */
export async function readDetail(prisma: PrismaClient, key: Key): Promise<EventDetail | null> {
  const [events, everyDelivery] = await Promise.all([readEvents(prisma, key), readDeliveries(prisma, key)]);
  const event = events.find((one) => isAt(one, key.eventTime)) ?? events[0];
  if (event === undefined) return null;
  // The deliveries of an order's event may have another time: it is dated anew when it counts later.
  const deliveries = events.length === 1 ? everyDelivery : everyDelivery.filter((one) => isAt(one, event.eventTime));
  const ids = deliveries.flatMap((delivery) => delivery.attemptIds);
  const attempts = await prisma.attempt.findMany({
    where: { shop: key.shop, id: { in: ids } },
    orderBy: { id: "asc" },
  });
  const { browserSeenAt, origin, settingsVersion, createdAt } = event;
  const leg = storedBrowserLeg(event.browserLeg);
  return {
    ...eventRow(event),
    origin,
    settingsVersion,
    createdAt,
    consent: storedConsent(event.consent),
    lateSignal: storedSignal(event.lateSignal),
    netRevenue: storedNetRevenue(event.netRevenue),
    server: storedServerLeg(event.body),
    browser:
      event.browserData && leg && browserSeenAt
        ? { data: storedCustomData(event.browserData), leg, seenAt: browserSeenAt }
        : null,
    deliveries: deliveries.map(({ attemptIds, eventTime: _time, ...delivery }) => ({
      ...delivery,
      attempts: attempts.filter((attempt) => attemptIds.includes(attempt.id)).map(attemptRecord),
    })),
  };
}

/** The last one first. There is more than one only if a storefront reported an ID again on another day. */
const readEvents = (prisma: PrismaClient, { shop, eventName, eventId }: Key): Promise<readonly StoredDetail[]> =>
  // The outbox wrote the columns from the types that StoredDetail consists of.
  prisma.$queryRaw<StoredDetail[]>`
    select shop, event_name as "eventName", event_id as "eventId", event_time as "eventTime", order_id as "orderId", order_name as "orderName",
      is_test as "isTest", state, reason, ${HELD_BY}, body, browser_data as "browserData", browser_leg as "browserLeg",
      browser_seen_at as "browserSeenAt", origin, settings_version as "settingsVersion", created_at as "createdAt",
      consent, late_signal as "lateSignal", case when net_revenue ? 'coverage' then net_revenue end as "netRevenue"
    from recorded_event event where shop = ${shop} and event_name = ${eventName} and event_id = ${eventId}
      and key = storefront_key(${shop}, ${eventName}, ${eventId})
    order by created_at desc`;

/** A pixel that has been disconnected since is shown by its internal ID. */
const readDeliveries = (prisma: PrismaClient, { shop, eventName, eventId }: Key): Promise<StoredDelivery[]> =>
  prisma.$queryRaw<StoredDelivery[]>`
    select coalesce(pixel_id, destination_id::text) as "metaPixelId", delivery.state, reason, due_at as "dueAt",
      event_time as "eventTime", attempt_ids as "attemptIds"
    from (
      select * from recorded_delivery where shop = ${shop} and event_name = ${eventName} and event_id = ${eventId}
        and key = storefront_key(${shop}, ${eventName}, ${eventId})
    ) delivery left join destination on destination.id = destination_id and destination.shop = delivery.shop
    order by 1`;

const attemptRecord = ({
  id: _,
  positions: _positions,
  lastPosition: _last,
  shop,
  verdict,
  ...attempt
}: Attempt): AttemptRecord => ({
  ...attempt,
  // Written by recordAttempt from an AttemptRecord, and the verdicts are checked by the table.
  shop: shop as ShopDomain,
  verdict: verdict as AttemptRecord["verdict"],
});
