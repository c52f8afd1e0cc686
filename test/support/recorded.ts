import type { TestDatabase } from "./databases.ts";

export type RecordedEvent = {
  readonly eventName: string;
  readonly eventId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly browserLeg: unknown;
  readonly signal: unknown;
  readonly orderId: string | null;
  readonly checkoutToken: string | null;
};

export type RecordedDelivery = {
  readonly eventName: string;
  readonly eventId: string;
  readonly pixelId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly attemptIds: readonly bigint[];
};

/** A shop's events, whichever table they are in. */
export const recordedEvents = ({ prisma }: Pick<TestDatabase, "prisma">, shop: string): Promise<RecordedEvent[]> =>
  prisma.$queryRaw<RecordedEvent[]>`
    select event_name as "eventName", event_id as "eventId", event_time as "eventTime", origin, settings_version, state, reason,
      order_id as "orderId", checkout_token as "checkoutToken", region, body, browser_data as "browserData",
      browser_leg as "browserLeg", browser_seen_at as "browserSeenAt", signal, consent, late_signal, net_revenue,
      created_at as "createdAt", settled_at as "settledAt"
    from recorded_event where shop = ${shop} order by event_name, event_id`;

/** A shop's deliveries, whichever table they are in. */
export const recordedDeliveries = (
  { prisma }: Pick<TestDatabase, "prisma">,
  shop: string,
): Promise<RecordedDelivery[]> =>
  prisma.$queryRaw<RecordedDelivery[]>`
    select event_name as "eventName", event_id as "eventId", event_time as "eventTime", destination_id::text as "pixelId", state, reason,
      attempts, attempt_ids as "attemptIds"
    from recorded_delivery where shop = ${shop} order by event_name, event_id, destination_id`;
