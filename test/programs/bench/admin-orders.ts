import { Prisma, type PrismaClient } from "@prisma/client";
import type { Part } from "./admin-ledger.ts";
import { anEvent } from "./database.ts";

const FIRST_ORDER = 6_200_000_000_000;
/** The newest orders of the merchant's. */
const HELD = 200;
/** Attempts of each shop have numbers of their own. */
const ATTEMPTS_OF_A_SHOP = 10_000_000;

/** Numbers of a shop's further pixels begin there. */
const OTHER_PIXELS = "900000001000";

/** What the merchant, or Meta, calls the order of this number. */
export const orderNamed = (n: number) => ({
  name: `#${1_000 + n}`,
  orderId: String(FIRST_ORDER + n),
  eventId: `purchase.bench-0.${FIRST_ORDER + n}`,
  traceId: `AorderTrace0x${n}`,
});

/**
 * Of a thousand orders 850 are delivered, 139 withheld, 10 refused and one expired. Seven eighths of those that were
 * delivered came on both legs, some of them differing. The merchant's newest ones are held by the paused pixel.
 */
export async function fillOrders(prisma: PrismaClient, shop: number, part: Part): Promise<void> {
  const { body, reported } = await anEvent();
  await prisma.$executeRaw`
    with made as (${numbered(shop, part)}), events as (
      insert into event (shop, event_name, event_id, event_time, origin, settings_version, order_id, order_name,
        checkout_token, region, state, reason, body, browser_data, browser_leg, browser_seen_at, signal, consent,
        created_at, settled_at)
      select shop, 'Purchase', id, at, 'webhook', 1, order_id, '#' || 1000 + n, ${shop}::int || lpad(to_hex(n), 31, '0'),
        'DE', state, reason, sent || jsonb_build_object('event_id', id, 'action_source', source),
        case when part < 700 then sent->'custom_data' when part < 750 then sent->'custom_data' || '{"value": 1}' end,
        case when part < 750 or part between 850 and 900 then '{"sent": true}'::jsonb end,
        case when part < 750 or part between 850 and 900 then at end,
        reported->'signal', reported->'consent', at, case when state <> 'queued' then at + interval '3 seconds' end
      from made cross join (select ${reported}::jsonb as reported, ${withoutPerson(body)}::jsonb as sent) known
    ), requests as (
      insert into attempt (id, shop, destination_id, started_at, duration_ms, events, http_status, verdict, trace_id)
      select attempt, made.shop, destination.id, at + interval '2 seconds', 80, 1, 200, 'accepted', trace
      from made join destination using (shop) where made.state = 'delivered' and pixel_id < ${OTHER_PIXELS}
    )
    insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, attempts, attempt_ids,
      due_at, trace_id, settled_at)
    select made.shop, 'Purchase', made.id, destination.id, at, case made.state when 'queued' then 'held' else made.state end,
      case made.state when 'queued' then 'paused' else made.reason end, 1,
      case when made.state = 'delivered' and pixel_id < ${OTHER_PIXELS} then array[attempt] else '{}' end, at,
      case when made.state = 'delivered' then trace end, case when made.state <> 'queued' then at end
    from made join destination using (shop)
    where made.state <> 'withheld' and case
      when destination.state = 'paused' then made.state = 'queued'
      else made.state <> 'queued' and (pixel_id < ${OTHER_PIXELS} or n % 3 = 0) end`;
}

const numbered = (shop: number, { first, end, total }: Part): Prisma.Sql => Prisma.sql`
  select *, case state when 'withheld' then case part % 3 when 0 then 'consent-browser-declined' else 'consent-required-and-unknown' end
      when 'refused' then 'no-customer-data' when 'expired' then 'too-old' end as reason
  from (
    select n, n % 1000 as part, ${`bench-${shop}.myshopify.com`} as shop,
      ${`purchase.bench-${shop}.`} || ${FIRST_ORDER}::bigint + n as id, (${FIRST_ORDER}::bigint + n)::text as order_id,
      ${`AorderTrace${shop}x`} || n as trace, ${shop * ATTEMPTS_OF_A_SHOP}::int + n + 1 as attempt,
      case when n % 50 = 0 then 'physical_store' else 'website' end as source,
      now() - interval '395 days' * (1 - n::float8 / ${total}::int) as at,
      case when n >= ${total - HELD}::int and ${shop}::int = 0 then 'queued' when n % 1000 < 850 then 'delivered'
        when n % 1000 < 989 then 'withheld' when n % 1000 < 999 then 'refused' else 'expired' end as state
    from generate_series(${first}::int, ${end - 1}::int) n
  ) placed`;

const withoutPerson = (body: string): string => JSON.stringify({ ...(JSON.parse(body) as object), user_data: {} });
