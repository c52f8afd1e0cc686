-- What the merchant calls the order of an event, so that it is found by that. Null on every older event, so the column
-- takes no rewrite and the index begins empty: building it reads the table once. On a very large table, both may be made
-- beforehand, the index concurrently; then this does nothing.
ALTER TABLE "event" ADD COLUMN IF NOT EXISTS "order_name" TEXT;
-- The name comes before the shop, as in the index of order IDs.
CREATE INDEX IF NOT EXISTS "event_order_name_idx" ON "event"("order_name", "shop") WHERE "order_name" IS NOT NULL;
