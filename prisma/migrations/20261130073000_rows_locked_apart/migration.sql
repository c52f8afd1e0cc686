-- Row locks of statements that also read single days of storefront_event. PostgreSQL 18.0 to 18.6 can end the session of a
-- statement that prunes partitions at run time after it has rechecked a locked row which another had changed. A function
-- has a plan of its own: it rechecks there, where no partitions are (docs/limits.md).

-- Takes a lease if it is still at this turn and nobody else has it locked. Every change of a lease raises its turn.
CREATE FUNCTION "take_lease"(of_pixel UUID, at_turn BIGINT, new_holder TEXT, new_until TIMESTAMPTZ, events INTEGER)
  RETURNS BOOLEAN LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
begin
  perform from pixel_lease where pixel = of_pixel and turn = at_turn for no key update skip locked;
  if not found then return false; end if;
  update pixel_lease set turn = turn + 1, holder = new_holder, until = new_until, open = events where pixel = of_pixel;
  return true;
end $$;

-- The shop's pixels among these, and those that can be sent to, locked so that none of them is deleted meanwhile.
CREATE FUNCTION "lock_pixels"(wanted UUID[], of_shop TEXT, OUT ids UUID[], OUT queued TEXT[])
  LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
begin
  select array_agg(there.id order by there.id), array_agg(there.id::text) filter (where there.state = 'active')
  into ids, queued from (
    select pixel.id, pixel.state from destination pixel where pixel.id = any (wanted) and pixel.shop = of_shop
    offset 0 for key share
  ) there;
end $$;
