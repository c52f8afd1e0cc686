import { Prisma, type PrismaClient } from "@prisma/client";
import type { Part } from "./admin-ledger.ts";

/** Positions, and numbers of attempts, of each shop are its own. */
const OF_A_SHOP = 10_000_000;
const ATTEMPTS_FROM = 500_000_000;
/** Storefront events are sent in requests of so many. */
const TOGETHER = 500;
const DAYS = 13;

/** What the storefront event of this number is called: by the page that reported it, and by Meta. */
export const storefrontNamed = (n: number) => ({
  eventId: `0-${n}-5f1c9a02-7d3e`,
  traceId: `AstorefrontTrace0x${Math.floor(n / TOGETHER)}`,
});

/**
 * Of a thousand storefront events 149 are withheld for want of consent; the others were delivered, but for one in five
 * thousand, which Meta refused. Three quarters of the delivered ones have both legs. They pass through the queue, so that
 * the database's own triggers count them.
 */
export async function fillStorefront(prisma: PrismaClient, shop: number, part: Part): Promise<void> {
  await prisma.$executeRaw`
    with made as (${numbered(shop, part)}), events as (
      insert into storefront_event (position, created_at, event_time, key, day, settings_version, shop, event_name, pixels,
        order_id, checkout_token, state, reason, browser_leg, consent, body, figure_bits)
      select position, at, at, storefront_key(made.shop, name, event_id), day, 1, made.shop, name,
        case when is_sent then array(select id from destination
          where destination.shop = made.shop and state = 'active' and (pixel_id < '900000001000' or n % 3 = 0) order by pixel_id) end,
        null, case when name in ('InitiateCheckout', 'AddPaymentInfo') then ${shop}::int || 's' || lpad(to_hex(n), 30, '0') end,
        case when not is_sent then 'withheld' end, case when not is_sent then 'consent-browser-declined' end,
        case when part % 4 > 0 then '{"sent":true}'::json end, ${CONSENT}::json,
        json_build_object('event_name', name, 'event_time', extract(epoch from at)::int, 'event_id', event_id,
          'action_source', 'website', 'event_source_url', 'https://bench.example/products/' || n % 977,
          'user_data', case when is_sent then ${PERSON}::json else '{}' end,
          'custom_data', json_build_object('content_ids', json_build_array('4100' || n % 977), 'content_type', 'product',
            'value', (n % 90) + 9.5, 'currency', 'EUR')),
        case when part % 4 > 0 then 255 else 127 end
      from made returning shop, event_name, day, position, event_time, pixels, body->>'event_id' as event_id
    ), requests as (
      insert into attempt (id, shop, destination_id, started_at, duration_ms, events, http_status, verdict, trace_id,
        positions, last_position)
      select ${ATTEMPTS_FROM}::bigint + min(position) / ${TOGETHER}::int, shop, pixels[1], max(event_time), 90, count(*), 200,
        'accepted', ${`AstorefrontTrace${shop}x`} || batch, array_agg(position),
        max(position)
      from (select *, position % ${OF_A_SHOP}::int / ${TOGETHER}::int as batch from events) sent where pixels is not null
      group by shop, pixels[1], batch
    ), refused as (
      insert into delivery (shop, event_name, event_id, destination_id, event_time, state, reason, attempts, settled_at,
        storefront_day, storefront_position)
      select shop, event_name, event_id, pixel, event_time, 'refused', 'no-customer-data', 1, event_time, day, position
      from events cross join unnest(pixels) as pixel where position % 5000 = 3
    )
    insert into storefront_queue (pixel, day, position) select pixel, day, position from events cross join unnest(pixels) as pixel`;
  await prisma.$executeRaw`delete from storefront_queue`;
}

const CONSENT = JSON.stringify(["send", "browser-granted", true, true, 1_763_000_000_000, 1_763_000_000_000]);
const HASH = "b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514";
const PERSON = JSON.stringify({
  external_id: [HASH],
  fbp: "fb.1.1763000000000.1234567890",
  fbc: "fb.1.1763000000000.IwAR0_aBc-D",
  client_ip_address: "203.0.113.7",
  client_user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0",
});

const numbered = (shop: number, { first, end, total }: Part): Prisma.Sql => Prisma.sql`
  select *, part < 850 as is_sent, (at at time zone 'UTC')::date as day
  from (
    select n, n % 1000 as part, ${`bench-${shop}.myshopify.com`} as shop, ${shop * OF_A_SHOP}::bigint + n as position,
      ${shop}::int || '-' || n || '-5f1c9a02-7d3e' as event_id,
      date_trunc('second', now() - interval '1 minute' - interval '1 day' * ${DAYS}::int * (1 - n::float8 / ${total}::int)) as at,
      case when n % 100 < 55 then 'PageView' when n % 100 < 85 then 'ViewContent' when n % 100 < 91 then 'ViewCategory'
        when n % 100 < 93 then 'Search' when n % 100 < 97 then 'AddToCart' when n % 100 < 99 then 'InitiateCheckout'
        when n % 20000 = 99 then 'CompleteRegistration' else 'AddPaymentInfo' end as name
    from generate_series(${first}::int, ${end - 1}::int) n
  ) visited`;
