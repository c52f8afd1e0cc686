-- The daily figures count storefront events (decision 59). Those of a statement are grouped before they are noted, because
-- they come in batches that differ in little more than their second.

-- What the figures have of an event, so that no statement parses its body for them: a bit for each customer key in the
-- order of figure_keys, then 128: the browser leg was sent, 256: under another name.
ALTER TABLE "storefront_event" ADD COLUMN "figure_bits" SMALLINT NOT NULL DEFAULT 0;

CREATE FUNCTION storefront_legs(state text, bits smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  select case when bits & 128 = 0 then case when state = 'delivered' then 'server' else 'none' end
    when state <> 'delivered' then 'browser' when bits & 256 = 0 then 'both' else 'differing' end
$$;

-- As many events as "events" says. "sign" is a factor in the sums.
CREATE FUNCTION figure_of_storefront(
  shop text, at timestamptz, event_name text, pixel uuid, state text, reason text, bits smallint, delay int, events bigint
) RETURNS figure_part LANGUAGE sql IMMUTABLE AS $$
  select row(shop, at, event_name, coalesce(pixel, '00000000-0000-0000-0000-000000000000'), state, coalesce(reason, ''),
    case when pixel is null then storefront_legs(state, bits) else '' end, '', null, delay,
    case when pixel is null and state = 'delivered' then bits & 127 else 0 end, events)::figure_part
$$;

-- Those that end at the door.
CREATE FUNCTION count_new_storefront() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
begin
  if not exists (select from new_rows where state is not null) then return null; end if;
  perform note_figures(array(
    select figure_of_storefront(shop, at, event_name, null, state, reason, bits, null, count(*))
    from (
      select shop, figure_at(event_time, created_at) as at, event_name, state, reason, (figure_bits & 384)::smallint as bits
      from new_rows where state is not null
    ) ended group by shop, at, event_name, state, reason, bits
  ));
  return null;
end $$;

-- Events as a whole that have come to rest, of those of which the calling statement has just ended something. Of an event
-- with several pixels that is for the last of them to say; so that two that end at once see each other, they come one
-- after the other within a shop. An event that was ended as a whole is counted by the statement that did so.
CREATE FUNCTION count_rested_storefront(places bigint[], days date[]) RETURNS void LANGUAGE plpgsql
  SET search_path FROM CURRENT AS $$
begin
  perform pg_advisory_xact_lock(5901, lock) from (
    select distinct hashtext(shop) as lock from unnest(places, days) as ended(position, day) cross join lateral (
      select shop, pixels from storefront_event there where there.day = ended.day and there.position = ended.position
      offset 0
    ) event where cardinality(pixels) > 1 order by 1
  ) shops;
  -- A statement of its own: it sees what was committed while this one waited.
  perform note_figures(array(
    select figure_of_storefront(shop, at, event_name, null, state, reason, bits, delay, count(*)) from (
      select shop, figure_at(event_time, created_at) as at, event_name, outcome.state,
        case when outcome.state <> 'delivered' then outcome.reason end as reason, figure_bits as bits,
        case when outcome.state = 'delivered' then figure_delay(event_time, now()) end as delay
      from (select distinct position, day from unnest(places, days) as given(position, day)) ended cross join lateral (
        select * from storefront_event there where there.day = ended.day and there.position = ended.position offset 0
      ) event cross join lateral (
        -- As in the view recorded_storefront.
        select case when count(*) < cardinality(pixels) or bool_or(delivery.state = 'delivered') then 'delivered'
            when bool_or(delivery.state = 'refused') then 'refused'
            when bool_or(delivery.state = 'expired') then 'expired' else 'withheld' end as state,
          coalesce(min(delivery.reason) filter (where delivery.state = 'refused'),
            min(delivery.reason) filter (where delivery.state = 'expired'), min(delivery.reason)) as reason,
          coalesce(bool_or(delivery.state in ('queued', 'held')), false) as is_open
        from delivery where storefront_position = ended.position
      ) outcome
      where event.state is null and not is_open and not exists (
        select from storefront_queue queued
        where queued.pixel = any (pixels) and queued.day = ended.day and queued.position = ended.position
      )
    ) rested group by shop, at, event_name, state, reason, bits, delay
  ));
end $$;

-- What has left the queue and is no delivery was delivered. An event of a single pixel has come to rest by that.
CREATE FUNCTION count_sent_storefront() RETURNS trigger LANGUAGE plpgsql
  SET search_path FROM CURRENT SET enable_nestloop TO off AS $$
declare
  parts figure_part[];
  left_places bigint[];
  left_days date[];
begin
  with gone as materialized (
    select queued.pixel, queued.position, queued.day, event.*, exists (
      select from delivery where storefront_position = queued.position and destination_id = queued.pixel
    ) as is_moved
    from old_rows queued cross join lateral (
      select shop, figure_at(event_time, created_at) as at, event_name, state, figure_bits as bits,
        figure_delay(event_time, now()) as delay, cardinality(pixels) = 1 as is_only
      from storefront_event there where there.day = queued.day and there.position = queued.position
      offset 0
    ) event
  ), sent as (
    select shop, at, event_name, pixel, bits, delay, is_only and state is null as is_whole, count(*) as events
    from gone where not is_moved group by shop, at, event_name, pixel, bits, delay, 7
  )
  select array(
      select figure_of_storefront(shop, at, event_name, pixel, 'delivered', null, bits, delay, events) from sent
      union all
      select figure_of_storefront(shop, at, event_name, null, 'delivered', null, bits, delay, events) from sent where is_whole
    ), array_agg(position), array_agg(day)
  into parts, left_places, left_days
  from gone where state is null and (is_moved or not is_only);
  if cardinality(parts) > 0 then perform note_figures(parts); end if;
  if left_places is not null then perform count_rested_storefront(left_places, left_days); end if;
  return null;
end $$;

-- Those that are ended as a whole while they wait. Who ends them has their places in the queue and their open deliveries.
CREATE FUNCTION count_ended_storefront() RETURNS trigger LANGUAGE plpgsql
  SET search_path FROM CURRENT SET enable_nestloop TO off AS $$
begin
  if not exists (select from new_rows where state is not null) then return null; end if;
  perform note_figures(array(
    select figure_of_storefront(shop, at, event_name, null, state, reason, bits, delay, count(*))
    from (
      select n.shop, figure_at(n.event_time, n.created_at) as at, n.event_name, n.state, n.reason, n.figure_bits as bits,
        case when n.state = 'delivered' then figure_delay(n.event_time, now()) end as delay
      from new_rows n join old_rows o using (day, position) where o.state is null and n.state is not null
    ) ended group by shop, at, event_name, state, reason, bits, delay
  ));
  return null;
end $$;

-- As it was (20261130011800_test_events); a storefront event's delivery may have been the last that was open of it.
CREATE OR REPLACE FUNCTION count_changed_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
  places bigint[];
  days date[];
begin
  if not exists (select from new_rows where state not in ('queued', 'held'))
    and not exists (select from old_rows where state not in ('queued', 'held')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_delivery(shop, event_name, destination_id, event_time, settled_at, state, reason, sign)
    from (
      select shop, event_name, event_id, destination_id, event_time, settled_at, state, reason, is_test, 1 as sign
      from new_rows
      union all
      select shop, event_name, event_id, destination_id, event_time, settled_at, state, reason, is_test, -1 from old_rows
    ) counted
    where state not in ('queued', 'held') and not is_test
      and (backfill.until is null or is_figure_counted(shop, event_name, event_id, backfill))
  ));
  select array_agg(storefront_position), array_agg(storefront_day) into places, days
  from new_rows where storefront_position is not null and state not in ('queued', 'held') and exists (
    select from old_rows where (old_rows.storefront_position, old_rows.destination_id)
      = (new_rows.storefront_position, new_rows.destination_id) and old_rows.state in ('queued', 'held')
  );
  if places is not null then perform count_rested_storefront(places, days); end if;
  return null;
end $$;

CREATE TRIGGER count_new_storefront AFTER INSERT ON "storefront_event"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_new_storefront();
CREATE TRIGGER count_ended_storefront AFTER UPDATE ON "storefront_event"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_ended_storefront();
CREATE TRIGGER count_sent_storefront AFTER DELETE ON "storefront_queue"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_sent_storefront();
