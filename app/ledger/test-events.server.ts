import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { TestEvent } from "./test-event-types.ts";

export const MOST_TEST_EVENTS = 30;
/** Among so many of the newest events those are looked for that went under a code, however busy the shop. */
const EXAMINED = 60;

/**
 * The newest test events since then, and the newest real events that Meta was sent under a test event code: so many of
 * each at most, newest first. One statement by index, which a page may repeat every second.
 */
export async function readTestEvents(
  prisma: PrismaClient,
  shop: ShopDomain,
  since: Date,
): Promise<readonly TestEvent[]> {
  // The outbox wrote the columns from the types that TestEvent consists of.
  const rows = await prisma.$queryRaw<{ event: TestEvent }[]>`
    with test as (
      select ${COLUMNS} from event where shop = ${shop} and is_test and created_at >= ${since}::timestamptz
      order by created_at desc limit ${MOST_TEST_EVENTS}
    ), under_code as (
      select recent.* from (
        select ${COLUMNS} from recorded_event
        where shop = ${shop} and not is_test and created_at >= ${since}::timestamptz
        order by created_at desc limit ${EXAMINED}
      ) recent
      where exists (
        select from recorded_delivery sent join attempt on attempt.id = any (attempt_ids) and attempt.shop = sent.shop
        where sent.shop = ${shop} and sent.event_name = recent.event_name and sent.event_id = recent.event_id
          and sent.key = recent.key and attempt.test_event_code is not null
      )
      order by created_at desc limit ${MOST_TEST_EVENTS}
    )
    select jsonb_build_object(
      'eventName', event_name, 'eventId', event_id, 'sentAs', body->'event_name', 'eventTime', ${iso("event_time")},
      'createdAt', ${iso("created_at")}, 'orderId', order_id, 'orderName', order_name, 'isTest', is_test,
      'state', state, 'reason', reason, 'actionSource', body->'action_source',
      'hasPage', jsonb_exists(body, 'event_source_url'),
      'userDataKeys', coalesce((select jsonb_agg(key order by key) from jsonb_object_keys(body->'user_data') as key), '[]'),
      'data', jsonb_strip_nulls(jsonb_build_object('value', body->'custom_data'->'value',
        'currency', body->'custom_data'->'currency', 'content_ids', body->'custom_data'->'content_ids')),
      'browserSent', browser_leg->'sent', 'deliveries', ${deliveriesIn(shop)}
    ) as event
    from (select * from test union all select * from under_code) shown
    order by created_at desc, event_name, event_id`;
  return rows.map(({ event }) => event);
}

/** Of `event` and of `recorded_event`; the key is that of `recorded_delivery`. */
const COLUMNS = Prisma.sql`shop, event_name, event_id, event_time, created_at, order_id, order_name, is_test, state, reason, body,
  browser_leg, storefront_key(shop, event_name, event_id) as key`;

const iso = (column: "event_time" | "created_at"): Prisma.Sql =>
  Prisma.sql`to_char(${Prisma.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A pixel that has been disconnected since is shown by its internal ID. */
const deliveriesIn = (shop: ShopDomain): Prisma.Sql => Prisma.sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'metaPixelId', coalesce(destination.pixel_id, delivery.destination_id::text),
    'state', delivery.state, 'reason', delivery.reason, 'testEventCode', attempt.test_event_code,
    'answer', case when attempt.id is null then null else jsonb_build_object(
      'verdict', attempt.verdict, 'message', attempt.message, 'httpStatus', attempt.http_status,
      'code', attempt.code, 'traceId', attempt.trace_id
    ) end
  ) order by coalesce(destination.pixel_id, delivery.destination_id::text)), '[]'::jsonb)
  from recorded_delivery delivery
  left join destination on destination.id = delivery.destination_id and destination.shop = delivery.shop
  left join attempt on attempt.id = delivery.attempt_ids[cardinality(delivery.attempt_ids)] and attempt.shop = delivery.shop
  where delivery.shop = ${shop} and delivery.event_name = shown.event_name and delivery.event_id = shown.event_id
    and delivery.key = shown.key
)`;
