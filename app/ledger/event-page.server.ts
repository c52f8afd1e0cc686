import { Prisma, type PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { EVENT_NAMES } from "../event-contract/event-name.ts";
import { STOREFRONT_NAMES } from "../event-contract/storefront-name.ts";
import { isStorable } from "../event-contract/storable-text.ts";
import { conditionsOn, type EventConditions } from "./event-conditions.server.ts";
import { eventRow, type StoredEvent } from "./event-row.ts";
import { HELD_BY } from "./held-by.server.ts";
import { orderNames } from "./order-detail.server.ts";
import type { EventPage } from "./types.ts";
import { LISTED, tablesWith } from "./where-events-are.server.ts";

export type PageQuery = EventConditions & {
  readonly cursor?: string;
  /** An order's ID or name (with or without #), an event's ID, or the trace ID of one of Meta's answers. */
  readonly search?: string;
  /** Rows per page. */
  readonly limit: number;
};

type Position = { readonly createdAt: string; readonly eventName: string; readonly eventId: string };
type Row = StoredEvent & { readonly createdAt: Date; readonly createdAtText: string };

/** One page of the shop's events, newest first. Events that arrive while paging shift nothing. */
export async function readPage(prisma: PrismaClient, shop: ShopDomain, query: PageQuery): Promise<EventPage> {
  const events = query.search ? foundBy(shop, query.search) : await tablesWith(prisma, shop, query);
  if (events === null) return { rows: [], nextCursor: null };
  const conditions = conditionsOf(shop, query);
  // One extra row shows whether there is a next page. The outbox wrote the columns from the types that StoredEvent
  // consists of.
  const rows = await prisma.$queryRaw<Row[]>`
    select shop, event_name as "eventName", event_id as "eventId", event_time as "eventTime", order_id as "orderId", order_name as "orderName",
      is_test as "isTest", state, reason, ${HELD_BY}, jsonb_build_object('custom_data', body->'custom_data', 'event_name', body->'event_name', 'action_source', body->'action_source') as body, browser_data as "browserData",
      browser_leg as "browserLeg", created_at as "createdAt", created_at::text as "createdAtText"
    from ${events} event
    where shop = ${shop} ${conditions.length > 0 ? Prisma.sql`and ${Prisma.join(conditions, " and ")}` : Prisma.empty}
    order by created_at desc, event_name desc, event_id desc
    limit ${query.limit + 1}`;
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return { rows: shown.map(eventRow), nextCursor: last === undefined ? null : cursorAt(last) };
}

function conditionsOf(shop: ShopDomain, { cursor, ...wanted }: PageQuery): readonly Prisma.Sql[] {
  const after = cursor === undefined ? null : positionIn(cursor);
  return [
    ...conditionsOn(shop, wanted),
    ...(after === null
      ? []
      : [
          Prisma.sql`(created_at, event_name, event_id) < (${after.createdAt}::timestamptz, ${after.eventName}, ${after.eventId})`,
        ]),
  ];
}

/** One look-up by key for each meaning instead of one with `or`, as in receiptOf. */
function foundBy(shop: ShopDomain, text: string): Prisma.Sql {
  return Prisma.sql`(
    select ${LISTED} from event where shop = ${shop} and (event_name, event_id) in (
      select event_name, event_id from event where shop = ${shop} and order_id = ${text}
      union all
      select event_name, event_id from event where shop = ${shop} and order_name = any (${orderNames(text)})
      union all
      select event_name, event_id from event
      where shop = ${shop} and event_name = any (${[...EVENT_NAMES]}) and event_id = ${text}
      union all
      select event_name, event_id from delivery
      where trace_id = ${text} and shop = ${shop}
    )
    union all
    select ${LISTED} from recorded_storefront where shop = ${shop} and key in (
      select key from storefront_event where shop = ${shop} and order_id = ${text}
      union all
      select key from storefront_event sent join (
        select started_at, unnest(positions) as position from attempt where shop = ${shop} and trace_id = ${text}
      ) carried on sent.position = carried.position
        and sent.day between (carried.started_at at time zone 'UTC')::date - 8 and (carried.started_at at time zone 'UTC')::date + 1
      where sent.shop = ${shop}
      union all
      select storefront_key(${shop}, name, ${text}) from unnest(${[...STOREFRONT_NAMES]}::text[]) as name
    )
  )`;
}

function cursorAt({ createdAt, createdAtText, eventName, eventId }: Row): string {
  const position = Number.isNaN(createdAt.getTime()) ? createdAtText : createdAt.toISOString();
  return Buffer.from(JSON.stringify([position, eventName, eventId])).toString("base64url");
}

/** PostgreSQL's own times that a Date cannot represent. */
const ENDLESS: ReadonlySet<string> = new Set(["infinity", "-infinity"]);

// The format of `cursorAt`; PostgreSQL does not read such text with a year of more than four digits.
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/;
const isMoment = (text: string): boolean => ENDLESS.has(text) || (TIME.test(text) && !Number.isNaN(Date.parse(text)));
const Key = z.string().refine(isStorable);
const Cursor = z.tuple([z.string().refine(isMoment), Key, Key]);

/** Cursors are part of URLs, so a cursor can be any text. */
function positionIn(cursor: string): Position | null {
  try {
    const [createdAt, eventName, eventId] = Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { createdAt, eventName, eventId };
  } catch {
    return null;
  }
}
