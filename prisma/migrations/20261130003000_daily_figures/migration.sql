-- What became of the events, counted by day, so that no page and no chart counts rows, and figures outlive the rows
-- (decision 59). The triggers below keep them up in whatever statement ends an event. The nil UUID stands for the event
-- as a whole, any other for the delivery to that pixel.
CREATE TABLE "daily_figure" (
    "shop" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "event_name" TEXT NOT NULL,
    "destination_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "legs" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    "with_em" BIGINT NOT NULL,
    "with_ph" BIGINT NOT NULL,
    "with_fbp" BIGINT NOT NULL,
    "with_fbc" BIGINT NOT NULL,
    "with_external_id" BIGINT NOT NULL,
    "with_ip" BIGINT NOT NULL,
    "with_ua" BIGINT NOT NULL,
    "value_thousandths" BIGINT NOT NULL,
    "delays" BIGINT[],

    CONSTRAINT "daily_figure_pkey"
      PRIMARY KEY ("shop", "day", "event_name", "destination_id", "outcome", "reason", "legs", "currency")
);
CREATE INDEX "daily_figure_day_idx" ON "daily_figure"("day");

-- What the statements of the last minute changed. Only ever appended to, so that no statement waits for another one's
-- counter and no two can deadlock over them; housekeeping adds it to the table above.
CREATE TABLE "daily_figure_change" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "event_name" TEXT NOT NULL,
    "destination_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "legs" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    "with_em" BIGINT NOT NULL,
    "with_ph" BIGINT NOT NULL,
    "with_fbp" BIGINT NOT NULL,
    "with_fbc" BIGINT NOT NULL,
    "with_external_id" BIGINT NOT NULL,
    "with_ip" BIGINT NOT NULL,
    "with_ua" BIGINT NOT NULL,
    "value_thousandths" BIGINT NOT NULL,
    "delays" BIGINT[],

    CONSTRAINT "daily_figure_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "daily_figure_change_shop_day_idx" ON "daily_figure_change"("shop", "day");

-- How far the events from before this migration are counted; no row: all are. Counted are those created at or after
-- "until", those of shops before "reached_shop", and those of that shop created at or after "counted_from".
CREATE TABLE "figure_backfill" (
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reached_shop" TEXT NOT NULL,
    "counted_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "figure_backfill_pkey" PRIMARY KEY ("until")
);

-- The time zone that days were counted in until the shop changed it.
ALTER TABLE "shop" ADD COLUMN "timezone_before" TEXT, ADD COLUMN "timezone_since" TIMESTAMPTZ(3);

-- A day is the one that the shop had when the event happened: one counted already keeps its day, so the new time zone
-- begins later than any event can be dated that was counted before.
CREATE FUNCTION keep_former_timezone() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
begin
  -- Changed again within these hours: no day has begun in the one between.
  if new.timezone_since > now() then return new; end if;
  if exists (select from daily_figure where shop = new.domain)
    or exists (select from daily_figure_change where shop = new.domain) then
    new.timezone_before := coalesce(old.timezone, 'UTC');
    new.timezone_since := now() + interval '2 hours';
  end if;
  return new;
end $$;
CREATE TRIGGER keep_former_timezone BEFORE UPDATE ON "shop" FOR EACH ROW
  WHEN (old.timezone IS DISTINCT FROM new.timezone) EXECUTE FUNCTION keep_former_timezone();

-- One event's or delivery's part of a figure; its sign is -1 for what the row was before.
CREATE TYPE figure_part AS (
  shop text, at timestamptz, event_name text, destination_id uuid, outcome text, reason text, legs text, currency text,
  value_thousandths bigint, delay int, keys int, sign int
);

-- None of these may fail, whatever a row holds: they are part of the statement that ends events. They are single
-- expressions, which PostgreSQL puts into the query that calls them (where their volatility is declared as it is: times
-- depend on the session's zone).

-- When it happened, where that is credible: a day must not be a stranger's choice.
CREATE FUNCTION figure_at(event_time timestamptz, known_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  select case when event_time between known_at - interval '100 days' and known_at + interval '1 hour' then event_time
    else coalesce(known_at, event_time) end
$$;

-- From the event to Meta's answer: the place in app/ledger/figure-delays.ts.
CREATE FUNCTION figure_delay(event_time timestamptz, settled_at timestamptz) RETURNS int LANGUAGE sql STABLE AS $$
  select case when isfinite(event_time) and isfinite(settled_at) then width_bucket(
    extract(epoch from settled_at)::float8 - extract(epoch from event_time)::float8,
    '{1,2,5,10,20,30,60,90,120,300,900,3600,21600,86400}'::float8[]) end
$$;

CREATE FUNCTION figure_keys(user_data jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  select coalesce((user_data ? 'em')::int + 2 * (user_data ? 'ph')::int + 4 * (user_data ? 'fbp')::int
    + 8 * (user_data ? 'fbc')::int + 16 * (user_data ? 'external_id')::int
    + 32 * (user_data ? 'client_ip_address')::int + 64 * (user_data ? 'client_user_agent')::int, 0)
$$;

CREATE FUNCTION figure_list(list jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  select coalesce(jsonb_agg(item order by item), '[]')
  from jsonb_array_elements(case when jsonb_typeof(list) = 'array' then list else '[]' end) as item
$$;

-- Which legs reached Meta, as app/ledger/legs-agree.ts and event-row.ts compare them.
CREATE FUNCTION figure_legs(state text, body jsonb, browser_data jsonb, browser_leg jsonb)
  RETURNS text LANGUAGE sql IMMUTABLE AS $$
  select case
    when (browser_leg->'sent') is distinct from 'true' then case when state = 'delivered' then 'server' else 'none' end
    when state <> 'delivered' then 'browser'
    when browser_data is null then 'both'
    when coalesce(browser_leg->>'as', body->>'event_name') is not distinct from body->>'event_name'
      and (body->'custom_data'->'value') is not distinct from (browser_data->'value')
      and (body->'custom_data'->'currency') is not distinct from (browser_data->'currency')
      and (body->'custom_data'->'num_items') is not distinct from (browser_data->'num_items')
      and ((browser_data->'content_ids' = '[]' and browser_data->'contents' = '[]')
        or (body->'custom_data'->'content_ids') is not distinct from (browser_data->'content_ids')
        or figure_list(body->'custom_data'->'content_ids') = figure_list(browser_data->'content_ids'))
    then 'both' else 'differing' end
$$;

-- Of sales alone. The bounds keep a sum within its type.
CREATE FUNCTION figure_value(event_name text, custom_data jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  select case when event_name = 'Purchase' and jsonb_typeof(custom_data->'value') = 'number' then
    case when abs((custom_data->'value')::numeric) < 10000000000 then
      round((custom_data->'value')::numeric * 1000)::bigint end end
$$;

-- Keys are counted of what Meta has accepted.
CREATE FUNCTION figure_of_event(
  shop text, event_name text, event_time timestamptz, created_at timestamptz, settled_at timestamptz, state text,
  reason text, body jsonb, browser_data jsonb, browser_leg jsonb, user_data jsonb, sign int
) RETURNS figure_part LANGUAGE sql STABLE AS $$
  select row(shop, figure_at(event_time, created_at), event_name, '00000000-0000-0000-0000-000000000000'::uuid, state,
    coalesce(reason, ''), figure_legs(state, body, browser_data, browser_leg),
    case when event_name = 'Purchase' then coalesce(body->'custom_data'->>'currency', '') else '' end,
    figure_value(event_name, body->'custom_data'),
    case when state = 'delivered' then figure_delay(event_time, settled_at) end,
    case when state = 'delivered' then figure_keys(user_data) else 0 end, sign)::figure_part
$$;

CREATE FUNCTION figure_of_delivery(
  shop text, event_name text, pixel uuid, event_time timestamptz, settled_at timestamptz, state text, reason text, sign int
) RETURNS figure_part LANGUAGE sql STABLE AS $$
  select row(shop, figure_at(event_time, settled_at), event_name, pixel, state, coalesce(reason, ''), '', '', null,
    case when state = 'delivered' then figure_delay(event_time, settled_at) end, 0, sign)::figure_part
$$;

-- A time zone that this server does not know (any more) must not stop a shop's events.
CREATE FUNCTION figure_zone(zone text) RETURNS text LANGUAGE plpgsql STABLE AS $$
begin
  if zone is null then return 'UTC'; end if;
  perform now() at time zone zone;
  return zone;
exception when others then
  return 'UTC';
end $$;

-- Without nested loops in the functions that join: their plans are kept, and the first call may have had a single row.
CREATE FUNCTION note_figures(parts figure_part[]) RETURNS void LANGUAGE plpgsql SET enable_nestloop TO off AS $$
begin
  insert into daily_figure_change (shop, day, event_name, destination_id, outcome, reason, legs, currency, events,
    with_em, with_ph, with_fbp, with_fbc, with_external_id, with_ip, with_ua, value_thousandths, delays)
  with zone as materialized (
    select domain, figure_zone(timezone) as zone, figure_zone(timezone_before) as zone_before, timezone_since
    from shop where domain = any (array(select distinct part.shop from unnest(parts) as part))
  ), summed as (
    select part.shop,
      (at at time zone case when at < timezone_since then zone_before else coalesce(zone, 'UTC') end)::date as day,
      event_name, destination_id, outcome, reason, legs, currency, sum(sign)::bigint as events,
      sum(sign * (keys & 1)) as em, sum(sign * (keys >> 1 & 1)) as ph, sum(sign * (keys >> 2 & 1)) as fbp,
      sum(sign * (keys >> 3 & 1)) as fbc, sum(sign * (keys >> 4 & 1)) as external_id,
      sum(sign * (keys >> 5 & 1)) as ip, sum(sign * (keys >> 6 & 1)) as ua,
      coalesce(sum(sign * part.value_thousandths), 0)::bigint as value,
      case when count(delay) = 0 then '{}' else array[
        coalesce(sum(sign) filter (where delay = 0), 0), coalesce(sum(sign) filter (where delay = 1), 0),
        coalesce(sum(sign) filter (where delay = 2), 0), coalesce(sum(sign) filter (where delay = 3), 0),
        coalesce(sum(sign) filter (where delay = 4), 0), coalesce(sum(sign) filter (where delay = 5), 0),
        coalesce(sum(sign) filter (where delay = 6), 0), coalesce(sum(sign) filter (where delay = 7), 0),
        coalesce(sum(sign) filter (where delay = 8), 0), coalesce(sum(sign) filter (where delay = 9), 0),
        coalesce(sum(sign) filter (where delay = 10), 0), coalesce(sum(sign) filter (where delay = 11), 0),
        coalesce(sum(sign) filter (where delay = 12), 0), coalesce(sum(sign) filter (where delay = 13), 0),
        coalesce(sum(sign) filter (where delay = 14), 0)] end as delays
    from unnest(parts) as part left join zone on zone.domain = part.shop
    group by part.shop, 2, event_name, destination_id, outcome, reason, legs, currency
  )
  select * from summed
  where (events, em, ph, fbp, fbc, external_id, ip, ua, value) <> (0, 0, 0, 0, 0, 0, 0, 0, 0) or 0 <> any (delays);
end $$;

-- "queued" and "joining" are counted where they are: few, and in an index. Everything else is at rest.
CREATE FUNCTION count_new_events() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('joining', 'queued')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, body, browser_data,
      browser_leg, user_data, 1)
    from new_rows cross join lateral (select body->'user_data' as user_data offset 0) person
    where state not in ('joining', 'queued') and (backfill.until is null or created_at >= backfill.until
      or shop < backfill.reached_shop or (shop = backfill.reached_shop and created_at >= backfill.counted_from))
  ));
  return null;
end $$;

-- Most statements end open events; only what was at rest before has to be compared with what it was. Keys are counted
-- once, when the event comes to rest: later its person is taken out of it.
CREATE FUNCTION count_changed_events() RETURNS trigger LANGUAGE plpgsql
  SET search_path FROM CURRENT SET enable_nestloop TO off AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from old_rows where state not in ('joining', 'queued')) then
    if not exists (select from new_rows where state not in ('joining', 'queued')) then return null; end if;
    select * into backfill from figure_backfill;
    perform note_figures(array(
      select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, body, browser_data,
        browser_leg, user_data, 1)
      from new_rows cross join lateral (select body->'user_data' as user_data offset 0) person
      where state not in ('joining', 'queued') and (backfill.until is null or created_at >= backfill.until
        or shop < backfill.reached_shop or (shop = backfill.reached_shop and created_at >= backfill.counted_from))
    ));
    return null;
  end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select case sign when 1 then figure_of_event(n.shop, n.event_name, n.event_time, n.created_at, n.settled_at, n.state,
        n.reason, n.body, n.browser_data, n.browser_leg, user_data, 1)
      else figure_of_event(o.shop, o.event_name, o.event_time, o.created_at, o.settled_at, o.state,
        o.reason, o.body, o.browser_data, o.browser_leg, user_data, -1) end
    from new_rows n join old_rows o using (shop, event_name, event_id)
      cross join lateral (
        select (case when o.state in ('joining', 'queued') then n.body else o.body end)->'user_data' as user_data offset 0
      ) person
      cross join (values (1), (-1)) as counted(sign)
    where case sign when 1 then n.state else o.state end not in ('joining', 'queued')
      and (o.state, o.reason, o.event_time, o.settled_at, o.browser_data, o.browser_leg, o.body->'custom_data')
        is distinct from (n.state, n.reason, n.event_time, n.settled_at, n.browser_data, n.browser_leg, n.body->'custom_data')
      and (backfill.until is null or n.created_at >= backfill.until
        or n.shop < backfill.reached_shop or (n.shop = backfill.reached_shop and n.created_at >= backfill.counted_from))
  ));
  return null;
end $$;

-- Whether a delivery is counted depends on when its event was created.
CREATE FUNCTION is_figure_counted(of_shop text, of_name text, of_id text, backfill figure_backfill)
  RETURNS boolean LANGUAGE plpgsql STABLE AS $$
begin
  return coalesce((
    select created_at >= backfill.until or shop < backfill.reached_shop
      or (shop = backfill.reached_shop and created_at >= backfill.counted_from)
    from event where shop = of_shop and event_name = of_name and event_id = of_id
  ), true);
end $$;

CREATE FUNCTION count_new_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('queued', 'held')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_delivery(shop, event_name, destination_id, event_time, settled_at, state, reason, 1)
    from new_rows where state not in ('queued', 'held')
      and (backfill.until is null or is_figure_counted(shop, event_name, event_id, backfill))
  ));
  return null;
end $$;

-- What a delivery ended with does not change, but the statement would count it right.
CREATE FUNCTION count_changed_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('queued', 'held'))
    and not exists (select from old_rows where state not in ('queued', 'held')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_delivery(shop, event_name, destination_id, event_time, settled_at, state, reason, sign)
    from (
      select shop, event_name, event_id, destination_id, event_time, settled_at, state, reason, 1 as sign from new_rows
      union all
      select shop, event_name, event_id, destination_id, event_time, settled_at, state, reason, -1 from old_rows
    ) counted
    where state not in ('queued', 'held')
      and (backfill.until is null or is_figure_counted(shop, event_name, event_id, backfill))
  ));
  return null;
end $$;

CREATE TRIGGER count_new_events AFTER INSERT ON "event"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_new_events();
CREATE TRIGGER count_changed_events AFTER UPDATE ON "event"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_events();
CREATE TRIGGER count_new_deliveries AFTER INSERT ON "delivery"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_new_deliveries();
CREATE TRIGGER count_changed_deliveries AFTER UPDATE ON "delivery"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deliveries();

-- Counts the next events from before this migration, at most "batch" and those created in the same moment as the last of
-- them. Returns their number; null: none is left, or not yet. Exact while events go on: whoever ends one of these events
-- holds its lock, and so has committed before it is counted here, or sees afterwards how far this has come.
CREATE FUNCTION backfill_figures(batch int) RETURNS int LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
  from_time timestamptz;
  next_shop text;
  counted int;
begin
  -- Later than "until" by more than any statement takes: all that was created before it is there.
  select * into backfill from figure_backfill where until < clock_timestamp() - interval '5 minutes' for update skip locked;
  if not found then return null; end if;
  select min(created_at) into from_time from (
    select created_at from event where shop = backfill.reached_shop and created_at < backfill.counted_from
    order by created_at desc limit batch
  ) slice;
  if from_time is null then
    select shop into next_shop from event where shop > backfill.reached_shop order by shop limit 1;
    if next_shop is null then
      delete from figure_backfill;
      return null;
    end if;
    update figure_backfill set reached_shop = next_shop, counted_from = until;
    return 0;
  end if;
  perform from event where shop = backfill.reached_shop and created_at >= from_time and created_at < backfill.counted_from
    order by shop, event_name, event_id for no key update;
  get diagnostics counted = row_count;
  perform note_figures(array(
    select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, body, browser_data,
      browser_leg, user_data, 1)
    from event cross join lateral (select body->'user_data' as user_data offset 0) person
    where shop = backfill.reached_shop and created_at >= from_time and created_at < backfill.counted_from
      and state not in ('joining', 'queued')
  ) || array(
    select figure_of_delivery(shop, event_name, destination_id, delivery.event_time, delivery.settled_at, delivery.state,
      delivery.reason, 1)
    from event join delivery using (shop, event_name, event_id)
    where shop = backfill.reached_shop and created_at >= from_time and created_at < backfill.counted_from
      and delivery.state not in ('queued', 'held')
  ));
  update figure_backfill set counted_from = from_time;
  return counted;
end $$;

-- The triggers hold their locks by now: whatever is stored from here on is counted, or created before "until" by a clock
-- that is at most five minutes ahead.
INSERT INTO "figure_backfill" ("until", "reached_shop", "counted_from")
  SELECT clock_timestamp() + interval '5 minutes', '', clock_timestamp() + interval '5 minutes'
  WHERE EXISTS (SELECT FROM "event");
