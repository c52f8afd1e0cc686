-- A storefront event that is reported again under its ID on a later day is another event, and its delivery another
-- delivery: the place of the event is a part of the key. 0: an event of the table "event". Storefront events' deliveries
-- from before this migration keep 0. The column has a constant default, so no row is rewritten.
ALTER TABLE "delivery" ADD COLUMN IF NOT EXISTS "storefront_place" BIGINT NOT NULL DEFAULT 0;

-- Written by the database, so that an older version beside this one writes it too.
CREATE FUNCTION keep_storefront_place() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  new.storefront_place := new.storefront_position;
  return new;
end $$;
CREATE TRIGGER keep_storefront_place BEFORE INSERT ON "delivery" FOR EACH ROW
  WHEN (new.storefront_position IS NOT NULL) EXECUTE FUNCTION keep_storefront_place();

-- On a very large table, the column and this index may be made beforehand, the index concurrently; then only the key's
-- name changes hands here.
CREATE UNIQUE INDEX IF NOT EXISTS "delivery_key_and_place"
  ON "delivery"("shop", "event_name", "event_id", "destination_id", "storefront_place");
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_pkey",
  ADD CONSTRAINT "delivery_pkey" PRIMARY KEY USING INDEX "delivery_key_and_place";
