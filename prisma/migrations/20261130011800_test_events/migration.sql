-- Test events: a test order of the shop, or a Purchase that somebody sent from the Test page. They are sent under a pixel's
-- test event code only, and count in no figure (decision 62). The columns have a constant default, so no row is rewritten.
ALTER TABLE "event" ADD COLUMN IF NOT EXISTS "is_test" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN IF NOT EXISTS "is_test" BOOLEAN NOT NULL DEFAULT false;

-- The code that a request was sent under.
ALTER TABLE "attempt" ADD COLUMN IF NOT EXISTS "test_event_code" TEXT;

-- For the Test page. The index begins empty: building it reads the table once. On a very large table, it may be made
-- beforehand, concurrently; then this does nothing.
CREATE INDEX IF NOT EXISTS "event_test_idx" ON "event"("shop", "created_at" DESC) WHERE "is_test";

-- The daily figures' triggers as they were (20261130003000_daily_figures), leaving out test events.
CREATE OR REPLACE FUNCTION count_new_events() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('joining', 'queued')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, body, browser_data,
      browser_leg, user_data, 1)
    from new_rows cross join lateral (select body->'user_data' as user_data offset 0) person
    where state not in ('joining', 'queued') and not is_test and (backfill.until is null or created_at >= backfill.until
      or shop < backfill.reached_shop or (shop = backfill.reached_shop and created_at >= backfill.counted_from))
  ));
  return null;
end $$;

CREATE OR REPLACE FUNCTION count_changed_events() RETURNS trigger LANGUAGE plpgsql
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
      where state not in ('joining', 'queued') and not is_test and (backfill.until is null or created_at >= backfill.until
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
      and not case sign when 1 then n.is_test else o.is_test end
      and (o.is_test, o.state, o.reason, o.event_time, o.settled_at, o.browser_data, o.browser_leg, o.body->'custom_data')
        is distinct from (n.is_test, n.state, n.reason, n.event_time, n.settled_at, n.browser_data, n.browser_leg, n.body->'custom_data')
      and (backfill.until is null or n.created_at >= backfill.until
        or n.shop < backfill.reached_shop or (n.shop = backfill.reached_shop and n.created_at >= backfill.counted_from))
  ));
  return null;
end $$;

CREATE OR REPLACE FUNCTION count_new_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('queued', 'held')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_delivery(shop, event_name, destination_id, event_time, settled_at, state, reason, 1)
    from new_rows where state not in ('queued', 'held') and not is_test
      and (backfill.until is null or is_figure_counted(shop, event_name, event_id, backfill))
  ));
  return null;
end $$;

CREATE OR REPLACE FUNCTION count_changed_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
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
  return null;
end $$;

CREATE OR REPLACE FUNCTION backfill_figures(batch int) RETURNS int LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
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
      and state not in ('joining', 'queued') and not is_test
  ) || array(
    select figure_of_delivery(shop, event_name, destination_id, delivery.event_time, delivery.settled_at, delivery.state,
      delivery.reason, 1)
    from event join delivery using (shop, event_name, event_id)
    where shop = backfill.reached_shop and created_at >= from_time and created_at < backfill.counted_from
      and delivery.state not in ('queued', 'held') and not event.is_test
  ));
  update figure_backfill set counted_from = from_time;
  return counted;
end $$;
