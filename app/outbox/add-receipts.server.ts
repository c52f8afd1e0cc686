import { Prisma, type PrismaClient } from "@prisma/client";

import { isErased, type Writing } from "./is-erased.server.ts";
import { isProvenByOrder } from "./receipt-of.server.ts";
import type { BrowserReceipt } from "./types.ts";

/** `erased`: not stored, because it belongs to an erased customer. */
export type ReceiptAdded = { readonly due: boolean; readonly erased?: true };

/** Keys that two receipts of one statement must not share. A receipt without a key cannot be joined to an order. */
export const keysOfReceipt = ({ shop, checkoutToken, orderId }: BrowserReceipt): string[] => [
  ...(checkoutToken === null ? [] : [JSON.stringify([shop, "checkout", checkoutToken])]),
  ...(orderId === null ? [] : [JSON.stringify([shop, "order", orderId])]),
];

/**
 * Stores receipts and copies them to the Purchase of the same checkout or order; a Purchase that waits for its receipt
 * becomes due at once. Until the decision, a repeated receipt fills gaps and updates consent, but overwrites nothing
 * else. A consent signal after the decision is stored separately and never applied. Each receipt must have a key, and
 * no two may share one (keysOfReceipt).
 */
export async function addReceipts(
  prisma: PrismaClient,
  receipts: readonly BrowserReceipt[],
  { now, digestsOf }: Writing,
): Promise<readonly ReceiptAdded[]> {
  const rows = JSON.stringify(
    receipts.map((receipt, n) => ({ ...rowOf(receipt, n), digests: digestsOf?.receipt(receipt) ?? [] })),
  );
  const answers = await prisma.$queryRaw<{ due: boolean; erased: boolean }[]>`
    with given as (
      select * from json_to_recordset(${rows}::json) as entry(
        n int, digests text[], shop text, checkout_token text, order_id text, event_id text, receipt jsonb, received_at timestamptz)
      -- Gives PostgreSQL the row count: it assumes a hundred rows, and would scan a small table for two.
      limit ${receipts.length}
    ), input as (
      select n, shop, checkout_token, order_id, event_id, received_at, ${WITHOUT_VISITOR_OF_ENDED} as receipt from given
      where not ${isErased(now)}
    ), by_checkout as (
      ${KEEP_BY_CHECKOUT}
    ), by_order as (
      ${KEEP_BY_ORDER}
    ), kept as (
      select * from by_checkout union all select * from by_order
    ), candidate as materialized (
      -- Two joins instead of one with "or", as in receiptOf. The event name is filtered later, to use the key's index.
      select event.shop, event_name, event_id, kept.checkout_token, kept.order_id, receipt, others, received_at
      from kept join event on event.shop = kept.shop and event.checkout_token = kept.checkout_token
      union
      select event.shop, event_name, event_id, kept.checkout_token, kept.order_id, receipt, others, received_at
      from kept join event on event.shop = kept.shop and event.order_id = kept.order_id
        and ${isProvenByOrder(Prisma.sql`kept.receipt`, Prisma.sql`event`)}
    ), matched as (
      select candidate.*
      from candidate join event using (shop, event_name, event_id)
      where candidate.event_name = 'Purchase'
      order by shop, event_name, event_id
      for no key update of event
    ), noted as (
      ${noteOnEvents(now)}
    )
    select exists (
      select 1 from noted
      where noted.shop = given.shop and noted.state = 'joining'
        and (noted.checkout_token = given.checkout_token or noted.order_id = given.order_id)
    ) as due, ${isErased(now)} as erased
    from given order by n`;
  return answers.map(({ due, erased }) => (erased ? { due, erased } : { due }));
}

/** Copies the browser leg, its data and the consent signal to the events, before or after the decision. */
const noteOnEvents = (now: Date): Prisma.Sql => Prisma.sql`
  update event set
    browser_data = case when not ${CONTRADICTED} then coalesce(event.browser_data, matched.receipt->'data') end,
    browser_leg = case when not ${CONTRADICTED} then coalesce(event.browser_leg, matched.receipt->'leg') end,
    browser_seen_at = case when not ${CONTRADICTED} then coalesce(event.browser_seen_at, matched.received_at) end,
    -- The receipt may be gone when an order is paid late. Until then the strictest of all is found with the receipts.
    signal = case when ${UNDECIDED} then coalesce(event.signal, matched.receipt->'signal') else event.signal end,
    late_signal = case when ${UNDECIDED} then null else coalesce((
      select given.receipt->'signal' from given
      where given.shop = matched.shop
        and (given.checkout_token = matched.checkout_token or given.order_id = matched.order_id)
        and given.receipt->'signal' is distinct from event.consent->'signal'
      limit 1
    ), event.late_signal) end,
    decide_at = case when event.state = 'joining' then least(event.decide_at, ${now}::timestamptz) else event.decide_at end
  from matched
  where (event.shop, event.event_name, event.event_id) = (matched.shop, matched.event_name, matched.event_id)
  returning event.shop, event.state, matched.checkout_token, matched.order_id`;

const UNDECIDED = Prisma.sql`event.state in ('joining', 'waiting-for-payment')`;

/** Until the order is decided, receipts that differ tell nothing of the browser leg. */
const CONTRADICTED = Prisma.sql`(${UNDECIDED} and matched.others <> '[]'::jsonb)`;

/** Once a sale is withheld or refused, a late receipt is stored without the visitor's data. */
const WITHOUT_VISITOR_OF_ENDED = Prisma.sql`case
  when exists (
    select 1 from event where event.shop = given.shop and event.checkout_token = given.checkout_token
      and event.event_name = 'Purchase' and event.state in ('withheld', 'refused')
  ) or exists (
    select 1 from event where event.shop = given.shop and event.order_id = given.order_id
      and event.event_name = 'Purchase' and event.state in ('withheld', 'refused')
  ) then receipt - '{fbp,fbc,ip,userAgent,url,referrer}'::text[] else receipt end`;

// The buyer's browser posts one receipt, again where the answer did not come. More than these is somebody's trying.
const MOST_OTHERS = 3;

/** What a receipt says, whoever posts it and when: the same again is no other receipt. */
const saidBy = (receipt: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${receipt} - '{signal,receivedAt,orderId,eventId,ip}'::text[])`;
const isAlsoGranted = (signal: string): Prisma.Sql => {
  const key = Prisma.sql`${signal}::text`;
  return Prisma.sql`(old.receipt->'signal'->>${key})::boolean and (excluded.receipt->'signal'->>${key})::boolean`;
};

/**
 * Receipts of one checkout that differ are all kept, because the first is not always the buyer's. Of consent the
 * stricter answer counts, whichever was first: nobody can lift another one's refusal, and none gets lost.
 */
const MERGED = Prisma.sql`
    receipt = old.receipt || jsonb_build_object('signal', jsonb_build_object(
      'marketing', ${isAlsoGranted("marketing")}, 'saleOfData', ${isAlsoGranted("saleOfData")},
      'at', greatest((old.receipt->'signal'->>'at')::numeric, (excluded.receipt->'signal'->>'at')::numeric))),
    others = case
      when ${saidBy(Prisma.sql`excluded.receipt`)} = ${saidBy(Prisma.sql`old.receipt`)}
        or jsonb_array_length(old.others) >= ${MOST_OTHERS}::int
        or exists (select from jsonb_array_elements(old.others) as other(receipt)
          where ${saidBy(Prisma.sql`other.receipt`)} = ${saidBy(Prisma.sql`excluded.receipt`)})
      then old.others else old.others || jsonb_build_array(excluded.receipt) end`;

const KEEP_BY_CHECKOUT = Prisma.sql`
  insert into browser_context as old (shop, checkout_token, order_id, event_id, receipt, received_at)
  select shop, checkout_token, order_id, event_id, receipt, received_at from input
  where checkout_token is not null order by shop, checkout_token
  on conflict (shop, checkout_token) do update set
    order_id = coalesce(old.order_id, excluded.order_id), event_id = coalesce(old.event_id, excluded.event_id),
    ${MERGED}
  returning shop, checkout_token, order_id, receipt, others, received_at`;

const KEEP_BY_ORDER = Prisma.sql`
  insert into browser_context as old (shop, order_id, event_id, receipt, received_at)
  select shop, order_id, event_id, receipt, received_at from input
  where checkout_token is null order by shop, order_id
  on conflict (shop, order_id) where checkout_token is null do update set
    event_id = coalesce(old.event_id, excluded.event_id),
    ${MERGED}
  returning shop, checkout_token, order_id, receipt, others, received_at`;

const rowOf = (receipt: BrowserReceipt, n: number) => ({
  n,
  shop: receipt.shop,
  checkout_token: receipt.checkoutToken,
  order_id: receipt.orderId,
  event_id: receipt.eventId,
  receipt,
  received_at: receipt.receivedAt,
});
