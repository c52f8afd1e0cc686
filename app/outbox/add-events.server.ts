import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPerson } from "../event-contract/meta-event.ts";
import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import { isErased, type Writing } from "./is-erased.server.ts";
import { receiptOf } from "./receipt-of.server.ts";
import type { Added, NewEvent, WebhookKey } from "./types.ts";

export type EventToAdd = {
  readonly event: NewEvent;
  /** Other events from the same webhook, written in the same transaction. */
  readonly also?: readonly NewEvent[];
  readonly webhook: WebhookKey | null;
};
/** `outcome` belongs to the first event; `due`: at least one of the events can be decided now. */
export type EventAdded = { readonly outcome: Added; readonly due: boolean };

/** Keys that two entries of one statement must not share. */
export const keysOfEvent = ({ event, also = [], webhook }: EventToAdd): string[] => {
  const keys = [event, ...also].map(({ shop, body }) => JSON.stringify([shop, body.event_name, body.event_id]));
  return webhook === null ? keys : [...keys, JSON.stringify([event.shop, webhook.topic, webhook.webhookId, "webhook"])];
};

type Row = { readonly event: NewEvent; readonly webhook: WebhookKey | null };

const rowsOf = (entries: readonly EventToAdd[]): readonly (readonly Row[])[] =>
  entries.map(({ event, also = [], webhook }) => [event, ...also].map((made) => ({ event: made, webhook })));

/**
 * Writes events and their webhooks in one statement. Entries must not share a key (keysOfEvent). The rows are bound as
 * one JSON text: Prisma binds one parameter instead of one array per column.
 */
export async function addEvents(
  prisma: PrismaClient,
  entries: readonly EventToAdd[],
  { now, digestsOf }: Writing,
): Promise<readonly EventAdded[]> {
  const groups = rowsOf(entries);
  const rows = JSON.stringify(
    groups.flat().map((row, n) => ({ ...rowOf(row, n, now), digests: digestsOf?.event(row.event) ?? [] })),
  );
  const written = await prisma.$queryRaw<EventAdded[]>`${CACHED_PLAN}
    -- every shop: requests that arrive together share the statement, and each row contains its shop
    with given as (
      ${readRows(rows)}
    ), input as (
      ${withoutErased(now)}
    ), fresh_webhook as (
      insert into webhook_receipt (shop, topic, webhook_id, received_at)
      select shop, topic, webhook_id, ${now}::timestamptz from input where webhook_id is not null order by shop, topic, webhook_id
      on conflict do nothing
      returning shop, topic, webhook_id
    ), admitted as (
      -- every shop: each row names its own
      select input.*, context.receipts->0->'signal' as first_signal, context.received_at,
        ${ONLY_RECEIPT} as receipt from input ${receiptOf("input")}
      where webhook_id is null or (input.shop, topic, webhook_id) in (
        select shop, topic, webhook_id from fresh_webhook
      )
    ), written as (
      ${writeAdmitted(now)}
    )
    select
      case
        when written.is_new then 'added'
        when written.shop is not null then 'advanced'
        when input.webhook_id is null or (input.shop, input.topic, input.webhook_id) in (
          select shop, topic, webhook_id from fresh_webhook
        ) then 'already-there'
        else 'duplicate-webhook'
      end as outcome,
      coalesce(written.decide_at <= ${now}::timestamptz, false) as due
    from input left join written on (written.shop, written.event_name, written.event_id)
      = (input.shop, input.event_name, input.event_id)
    order by input.n`;
  let next = 0;
  return groups.map((group): EventAdded => {
    const answers = written.slice(next, (next += group.length));
    const [first] = answers;
    if (first === undefined) throw new Error("the statement returned no result for this entry");
    return { outcome: first.outcome, due: answers.some(({ due }) => due) };
  });
}

const readRows = (rows: string): Prisma.Sql => Prisma.sql`
  select * from jsonb_to_recordset(${rows}::jsonb) as entry(
    n int, digests text[], shop text, event_name text, event_id text, event_time timestamptz, origin text, settings_version int,
    order_id text, checkout_token text, region text, state text, reason text, body jsonb, browser_data jsonb,
    browser_leg jsonb, browser_seen_at timestamptz, signal jsonb, net_revenue jsonb, decide_at timestamptz,
    settled_at timestamptz, topic text, webhook_id text)`;

/** An erased person's event is withheld and stored without personal data. */
const withoutErased = (now: Date): Prisma.Sql => Prisma.sql`
  select n, shop, event_name, event_id, event_time, origin, settings_version, order_id, region, topic, webhook_id,
    case when not erased then checkout_token end as checkout_token,
    case when erased then 'withheld' else state end as state,
    case when erased then 'customer-redacted' else reason end as reason,
    case when erased then (body - '{event_source_url,referrer_url}'::text[]) #- '{custom_data,search_string}'
      || '{"user_data": {}}' else body end as body,
    case when not erased then browser_data end as browser_data,
    case when not erased then browser_leg end as browser_leg,
    case when not erased then browser_seen_at end as browser_seen_at,
    case when not erased then signal end as signal,
    case when not erased then net_revenue end as net_revenue,
    case when not erased then decide_at end as decide_at,
    case when erased then ${now}::timestamptz else settled_at end as settled_at
  from given cross join lateral (select ${isErased(now)} as erased) known`;

/** Of several that differ nobody knows yet which is the buyer's. */
const ONLY_RECEIPT = Prisma.sql`case when jsonb_array_length(context.receipts) = 1 then context.receipts->0 end`;

/**
 * The insert: writes a new event, or advances one that waited for its payment. Other existing events stay unchanged and
 * are not returned.
 */
const writeAdmitted = (now: Date): Prisma.Sql => Prisma.sql`
  insert into event as old (shop, event_name, event_id, event_time, origin, settings_version, order_id,
    checkout_token, region, state, reason, body, browser_data, browser_leg, browser_seen_at, signal,
    net_revenue, decide_at, created_at, settled_at)
  select shop, event_name, event_id, event_time, origin, settings_version, order_id,
    checkout_token, region, state, reason, body, coalesce(browser_data, receipt->'data'),
    coalesce(browser_leg, receipt->'leg'), coalesce(browser_seen_at, received_at),
    coalesce(signal, first_signal), net_revenue,
    case when state = 'joining' and first_signal is not null then ${now}::timestamptz else decide_at end, ${now}::timestamptz, settled_at
  from admitted order by shop, event_name, event_id
  on conflict (shop, event_name, event_id) do update set
    event_time = excluded.event_time, origin = excluded.origin, settings_version = excluded.settings_version,
    order_id = coalesce(excluded.order_id, old.order_id),
    checkout_token = coalesce(excluded.checkout_token, old.checkout_token), region = excluded.region,
    state = excluded.state, reason = excluded.reason, body = excluded.body,
    browser_data = coalesce(old.browser_data, excluded.browser_data),
    browser_leg = coalesce(old.browser_leg, excluded.browser_leg),
    browser_seen_at = coalesce(old.browser_seen_at, excluded.browser_seen_at),
    signal = coalesce(old.signal, excluded.signal), net_revenue = excluded.net_revenue, decide_at = excluded.decide_at,
    settled_at = excluded.settled_at
  where old.state = 'waiting-for-payment' and excluded.state in ('joining', 'withheld')
  -- An inserted row has no earlier version, so its xmax is 0.
  returning shop, event_name, event_id, decide_at, xmax = 0 as is_new`;

function rowOf({ event, webhook }: Row, n: number, now: Date) {
  const { body, state, browserLeg } = event;
  return {
    n,
    shop: event.shop,
    event_name: body.event_name,
    event_id: body.event_id,
    event_time: new Date(body.event_time * 1000),
    origin: event.origin,
    settings_version: event.settingsVersion,
    order_id: event.orderId,
    checkout_token: event.checkoutToken,
    region: event.region,
    state,
    reason: event.reason,
    body,
    browser_leg: browserLeg,
    signal: event.signal,
    ...(event.costBasis !== undefined && state !== "withheld" && { net_revenue: event.costBasis }),
    ...(browserLeg !== null && { browser_data: body.custom_data, browser_seen_at: now }),
    ...(state === "joining" && { decide_at: new Date(now.getTime() + event.joinForMs) }),
    // An event that will never be sent is stored without personal data.
    ...(state === "withheld" && { body: withoutPerson(body), settled_at: now }),
    ...(webhook !== null && { topic: webhook.topic, webhook_id: webhook.webhookId }),
  };
}
