-- The triggers that count what became of events, as they were (20261130011800_test_events), but for one thing: an event's
-- body lies beside its row, and each look into it fetched it from there, ten times for an event. "|| '{}'" gives it back
-- as it is, fetched once, whatever it holds.
CREATE OR REPLACE FUNCTION count_new_events() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
declare
  backfill figure_backfill;
begin
  if not exists (select from new_rows where state not in ('joining', 'queued')) then return null; end if;
  select * into backfill from figure_backfill;
  perform note_figures(array(
    select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, event.body, browser_data,
      browser_leg, user_data, 1)
    from new_rows cross join lateral (
      select fetched.body, fetched.body->'user_data' as user_data
      from (select new_rows.body || '{}' as body offset 0) fetched offset 0
    ) event
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
      select figure_of_event(shop, event_name, event_time, created_at, settled_at, state, reason, event.body, browser_data,
        browser_leg, user_data, 1)
      from new_rows cross join lateral (
        select fetched.body, fetched.body->'user_data' as user_data
        from (select new_rows.body || '{}' as body offset 0) fetched offset 0
      ) event
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
