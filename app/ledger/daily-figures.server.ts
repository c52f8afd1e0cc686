import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { DailyFigure, Day, Days, OpenEvents, PixelFigure, SettingsMark } from "./daily-figure-types.ts";
import { DELAY_BOUNDS_S } from "./figure-delays.ts";

/** A shop's figures. They are kept up by the database's own triggers (decision 59), and read without counting a row. */
export type DailyFigures = {
  /** The shop's calendar day at this time. */
  dayAt(shop: ShopDomain, at: Date): Promise<Day>;
  /** Of events as a whole. */
  events(shop: ShopDomain, days: Days): Promise<readonly DailyFigure[]>;
  /** Of deliveries, by pixel; legs, keys and value are the events'. */
  pixels(shop: ShopDomain, days: Days): Promise<readonly PixelFigure[]>;
  open(shop: ShopDomain): Promise<OpenEvents>;
  /** Whether the shop's events from before there were figures are all counted. */
  isComplete(shop: ShopDomain): Promise<boolean>;
  /** The saves of the settings since that day, but for the first version, which follows the installation. */
  settingsMarks(shop: ShopDomain, from: Day): Promise<readonly SettingsMark[]>;
};

export const createDailyFigures = (prisma: PrismaClient): DailyFigures => ({
  dayAt: (shop, at) => dayAt(prisma, shop, at),
  events: (shop, days) =>
    readFigures<DailyFigure>(prisma, shop, { days, isOf: Prisma.sql`destination_id = ${WHOLE}::uuid` }),
  pixels: (shop, days) =>
    readFigures<PixelFigure>(prisma, shop, { days, isOf: Prisma.sql`destination_id <> ${WHOLE}::uuid` }),
  open: (shop) => readOpen(prisma, shop),
  settingsMarks: (shop, from) => readSettingsMarks(prisma, shop, from),
  isComplete: async (shop) => {
    const [row] = await prisma.$queryRaw<{ left: boolean }[]>`
      select exists (
        select from (select ${shop} as domain) this_shop join figure_backfill on reached_shop <= domain
      ) as left`;
    return row?.left === false;
  },
});

/** Stands for the event as a whole where a figure names a pixel. */
const WHOLE = "00000000-0000-0000-0000-000000000000";

const DELAYS = Prisma.join(
  Array.from(
    { length: DELAY_BOUNDS_S.length + 1 },
    (_, n) => Prisma.sql`coalesce(sum(delays[${n + 1}::int]), 0)::float8`,
  ),
);

type Reading = { readonly days: Days; readonly isOf: Prisma.Sql };

/** The sums so far and what came since, of one moment. A figure that fell to zero has nothing to say. */
const readFigures = <Figure>(prisma: PrismaClient, shop: ShopDomain, { days, isOf }: Reading): Promise<Figure[]> =>
  prisma.$queryRaw<Figure[]>`
    select day::text, event_name as "eventName", nullif(destination_id, ${WHOLE}::uuid)::text as "pixelId", outcome,
      nullif(reason, '') as reason, nullif(legs, '') as legs, nullif(currency, '') as currency,
      sum(events)::float8 as events, jsonb_build_object('em', sum(with_em), 'ph', sum(with_ph), 'fbp', sum(with_fbp),
        'fbc', sum(with_fbc), 'external_id', sum(with_external_id), 'ip', sum(with_ip), 'ua', sum(with_ua)) as keys,
      (sum(value_thousandths) / 1000)::float8 as value,
      case when bool_or(cardinality(delays) > 0) then array[${DELAYS}] else '{}' end as delays
    from (
      select * from daily_figure where shop = ${shop}
      union all
      select ${CHANGE} from daily_figure_change where shop = ${shop}
    ) figure
    where day between ${days.from}::date and ${days.until}::date and ${isOf}
    group by day, event_name, destination_id, outcome, reason, legs, currency
    having sum(events) <> 0
    order by day, event_name, destination_id, outcome, reason, legs, currency`;

/** A change's columns in the order of the figures'. */
const CHANGE = Prisma.raw(`shop, day, event_name, destination_id, outcome, reason, legs, currency, events, with_em,
  with_ph, with_fbp, with_fbc, with_external_id, with_ip, with_ua, value_thousandths, delays`);

async function dayAt(prisma: PrismaClient, shop: ShopDomain, at: Date): Promise<Day> {
  const [row] = await prisma.$queryRaw<{ day: Day }[]>`
    select (${at}::timestamptz at time zone case when ${at}::timestamptz < timezone_since
      then figure_zone(timezone_before) else figure_zone(timezone) end)::date::text as day
    from shop where domain = ${shop}`;
  return row?.day ?? at.toISOString().slice(0, "2026-11-20".length);
}

/** Both are few and have indexes of their own; orders that wait are in the figures, as they may wait for months. */
async function readOpen(prisma: PrismaClient, shop: ShopDomain): Promise<OpenEvents> {
  const [row] = await prisma.$queryRaw<{ joining: number; waiting: number; orders: OpenEvents["orders"] }[]>`
    select
      (select count(*)::int from event where shop = ${shop} and decide_at is not null) as joining,
      ${OPEN_ORDERS(shop)} as orders,
      (select coalesce(sum(events), 0)::int from (
        select events from daily_figure where shop = ${shop} and outcome = 'waiting-for-payment'
        union all
        select events from daily_figure_change where shop = ${shop} and outcome = 'waiting-for-payment'
      ) figure) as waiting`;
  const deliveries = await prisma.$queryRaw<OpenEvents["deliveries"]>`
    select pixel.id::text as "pixelId", open.state, open.events, open.oldest
    from destination pixel cross join lateral (
      select state, sum(events)::int as events, min(oldest) as oldest from (
        select 'queued' as state, count(*) as events, min(event_time) as oldest from delivery
        where destination_id = pixel.id and state = 'queued'
        union all
        select 'held', count(*), min(event_time) from delivery where destination_id = pixel.id and state = 'held'
        union all
        select case when pixel.state = 'active' then 'queued' else 'held' end, count(*), (
          select event_time from storefront_queue queued join storefront_event using (day, position)
          where queued.pixel = pixel.id order by queued.day, queued.position limit 1
        ) from storefront_queue queued where queued.pixel = pixel.id
      ) of_table group by state
    ) open
    where pixel.shop = ${shop} and open.events > 0
    order by pixel.id, open.state`;
  const { joining = 0, waiting = 0, orders = { onTheWay: 0, held: 0 } } = row ?? {};
  return { joining, waiting, orders, deliveries };
}

const OPEN_ORDERS = (shop: ShopDomain) => Prisma.sql`(
  select jsonb_build_object(
    'held', count(*) filter (where is_held),
    'onTheWay', count(*) filter (where not is_held) + (
      select count(*) from event where shop = ${shop} and event_name = 'Purchase' and not is_test and decide_at is not null
    )
  )
  from (
    select bool_or(delivery.state = 'held') as is_held
    from destination pixel join delivery on destination_id = pixel.id
    where pixel.shop = ${shop} and delivery.state in ('queued', 'held') and event_name = 'Purchase' and not is_test
    group by event_id
  ) open_order
)`;

/** One for each day: the last version that was saved on it. */
const readSettingsMarks = (prisma: PrismaClient, shop: ShopDomain, from: Day): Promise<SettingsMark[]> =>
  prisma.$queryRaw<SettingsMark[]>`
    select day::text, max(version) as version from (
      select version, (saved_at at time zone figure_zone(timezone))::date as day
      from settings join shop on domain = settings.shop
      where settings.shop = ${shop} and version > 1
    ) save
    where day >= ${from}::date group by day order by day`;
