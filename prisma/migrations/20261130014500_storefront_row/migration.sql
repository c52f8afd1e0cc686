-- One storefront event by its place, for statements that seldom need one: a function's plan is made when it is first called,
-- while a statement that names the partitioned table is planned for every partition, each time.
CREATE FUNCTION "storefront_row"(of_day DATE, place BIGINT) RETURNS SETOF "storefront_event"
  LANGUAGE plpgsql STABLE ROWS 1 SET search_path FROM CURRENT AS $$
begin
  return query select * from storefront_event where day = of_day and position = place;
end $$;
