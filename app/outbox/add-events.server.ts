import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import { isErased, type Writing } from "./is-erased.server.ts";
import { HELD_BECAUSE, stateOfDelivery } from "./as-decided.server.ts";
import { receiptOf } from "./receipt-of.server.ts";
import { writeOrderFacts } from "./order-facts.server.ts";
import { writeLeads, writeStages } from "./stage-reports.server.ts";
import { type EventToAdd, readRows, rowsToAdd } from "./rows-to-add.server.ts";
import type { PixelId } from "../settings/types.ts";
import type { Added } from "./types.ts";

/** `outcome` belongs to the first event; `due`: at least one of the events can be decided now. */
export type EventAdded = { readonly outcome: Added; readonly due: boolean };

/** Of an event with its decision. */
export type DecidedAdded = {
  readonly outcome: Added;
  /** Whether the decision was stored: the event is new, and its person was not erased. */
  readonly isDecided: boolean;
  /** The pixels that can send it now. */
  readonly queued: readonly PixelId[];
};

/** Of a post's events, in order. `due`: at least one of them can be decided now. */
export type PostAdded = { readonly due: boolean; readonly added: readonly DecidedAdded[] };

type Answer = EventAdded & DecidedAdded;
/** `also`: of the entry's other events, in order. */
type EntryAdded = Answer & { readonly also: readonly DecidedAdded[] };

/**
 * Writes events and their webhooks in one statement. Entries must not share a key (keysOfEvent). The rows are bound as
 * one JSON text: Prisma binds one parameter instead of one array per column.
 */
export async function addEvents(
  prisma: PrismaClient,
  entries: readonly EventToAdd[],
  { now, digestsOf }: Writing,
): Promise<readonly EntryAdded[]> {
  const rows = rowsToAdd(entries, { now, digestsOf });
  const written = await prisma.$queryRaw<Answer[]>`${CACHED_PLAN}
    -- every shop: requests that arrive together share the statement, and each row contains its shop
    with given as (
      ${readRows(JSON.stringify(rows))}
    ), input as (
      ${admissible(now)}
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
    ), outbox as (
      ${writeDeliveries(now)}
    ), ${writeBeside(now)}
    select
      ${OUTCOME} as outcome,
      coalesce(written.decide_at <= ${now}::timestamptz, false) as due,
      coalesce(written.is_new and input.is_decided, false) as "isDecided",
      case when written.is_new then coalesce(input.queued, '{}') else '{}' end as queued
    from input left join written on (written.shop, written.event_name, written.event_id)
      = (input.shop, input.event_name, input.event_id)
    order by input.n`;
  let next = 0;
  return entries.map(({ also = [] }): EntryAdded => {
    const answers = written.slice(next, (next += 1 + also.length));
    const [first, ...others] = answers;
    if (first === undefined) throw new Error("the statement returned no result for this entry");
    return { ...first, due: answers.some(({ due }) => due), also: others };
  });
}

const OUTCOME = Prisma.sql`case
    when written.is_new then 'added'
    when written.shop is not null then 'advanced'
    when input.webhook_id is null or (input.shop, input.topic, input.webhook_id) in (
      select shop, topic, webhook_id from fresh_webhook
    ) then 'already-there'
    else 'duplicate-webhook'
  end`;

/**
 * An erased person's event is withheld and stored without personal data. So is one that was decided with a profile from
 * the cache, if the app was uninstalled since, or if all its pixels are gone.
 */
const admissible = (now: Date): Prisma.Sql => Prisma.sql`
  select n, shop, event_name, event_id, event_time, origin, settings_version, order_id, order_name, region, topic, webhook_id,
    coalesce(is_test, false) as is_test,
    case when not erased then checkout_token end as checkout_token,
    case when ended is null then state else 'withheld' end as state,
    coalesce(ended, reason) as reason,
    case when erased then ${withoutPersonIn("body")} #- '{custom_data,search_string}'
      when ended is not null then ${withoutPersonIn("body")} when sent is null then body else body || sent end as body,
    case when not erased then browser_data end as browser_data,
    case when not erased then browser_leg end as browser_leg,
    case when not erased then browser_seen_at end as browser_seen_at,
    case when not erased then signal end as signal,
    case when not (erased or uninstalled) then consent end as consent,
    case when not erased then net_revenue end as net_revenue,
    case when not erased then decide_at end as decide_at,
    case when ended is null then settled_at else ${now}::timestamptz end as settled_at,
    is_decided and not (erased or uninstalled) as is_decided, ids, held_because, queued,
    case when not erased then lead end as lead, case when not erased then stage end as stage,
    case when not erased then order_facts end as order_facts
  -- "offset 0" makes PostgreSQL look once for each row, not once for each column that depends on it.
  from given cross join lateral (select ${isErased(now)} as erased, ${IS_UNINSTALLED} as uninstalled offset 0) known
    cross join lateral (${TARGETS}) target
    cross join lateral (
      select case when erased then 'customer-redacted' when uninstalled then 'app-uninstalled'
        when pixels is not null and ids is null then 'no-pixel' end as ended
      offset 0
    ) ending`;

const IS_UNINSTALLED = Prisma.sql`is_decided is not null and exists (
  select from shop where domain = given.shop and uninstalled_at is not null)`;

/** The pixels of an event that is decided already, as they are in the database; locked as in writeDecisions. */
const TARGETS = Prisma.sql`
  select array_agg(id order by id) as ids, array_agg(because order by id) as held_because,
    array_agg(id::text) filter (where because is null) as queued
  from (
    select pixel.id, ${HELD_BECAUSE} as because from destination pixel
    where pixel.id = any (given.pixels) and pixel.shop = given.shop and not (erased or uninstalled)
    offset 0 for key share
  ) there`;

/** Of several that differ nobody knows yet which is the buyer's. */
const ONLY_RECEIPT = Prisma.sql`case when jsonb_array_length(context.receipts) = 1 then context.receipts->0 end`;

/**
 * The insert: writes a new event, or advances one that waited for its payment. Other existing events stay unchanged and
 * are not returned.
 */
const writeAdmitted = (now: Date): Prisma.Sql => Prisma.sql`
  insert into event as old (shop, event_name, event_id, event_time, origin, settings_version, order_id, order_name,
    checkout_token, region, state, reason, body, browser_data, browser_leg, browser_seen_at, signal,
    consent, net_revenue, is_test, decide_at, created_at, settled_at)
  select shop, event_name, event_id, event_time, origin, settings_version, order_id, order_name,
    checkout_token, region, state, reason, body, coalesce(browser_data, receipt->'data'),
    coalesce(browser_leg, receipt->'leg'), coalesce(browser_seen_at, received_at),
    coalesce(signal, first_signal), consent, net_revenue, is_test,
    case when state = 'joining' and first_signal is not null then ${now}::timestamptz else decide_at end, ${now}::timestamptz, settled_at
  from admitted order by shop, event_name, event_id
  on conflict (shop, event_name, event_id) do update set
    event_time = excluded.event_time, origin = excluded.origin, settings_version = excluded.settings_version,
    order_id = coalesce(excluded.order_id, old.order_id),
    order_name = coalesce(excluded.order_name, old.order_name),
    checkout_token = coalesce(excluded.checkout_token, old.checkout_token), region = excluded.region,
    state = excluded.state, reason = excluded.reason, body = excluded.body,
    browser_data = coalesce(old.browser_data, excluded.browser_data),
    browser_leg = coalesce(old.browser_leg, excluded.browser_leg),
    browser_seen_at = coalesce(old.browser_seen_at, excluded.browser_seen_at),
    signal = coalesce(old.signal, excluded.signal), net_revenue = excluded.net_revenue, decide_at = excluded.decide_at,
    settled_at = excluded.settled_at, is_test = excluded.is_test
  where old.state = 'waiting-for-payment' and excluded.state in ('joining', 'withheld')
  -- An inserted row has no earlier version, so its xmax is 0.
  returning shop, event_name, event_id, decide_at, xmax = 0 as is_new`;

/** What is stored with an event in tables of its own. */
const writeBeside = (now: Date): Prisma.Sql => Prisma.sql`
  leads as (
    ${writeLeads(now)}
  ), stages as (
    ${writeStages(now)}
  ), facts as (
    ${writeOrderFacts(now)}
  )`;

/** The deliveries of events that are new and were decided before. */
const writeDeliveries = (now: Date): Prisma.Sql => Prisma.sql`
  insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, due_at, is_test)
  select shop, event_name, event_id, id, event_time, ${stateOfDelivery("because")}, because, ${now}::timestamptz, is_test
  from input join written using (shop, event_name, event_id) cross join unnest(ids, input.held_because) as pixel(id, because)
  where written.is_new order by shop, event_name, event_id, id
  on conflict do nothing`;
