-- What the list of events shows of a filter that hardly any event of the storefront meets: those that did not reach Meta,
-- and those with a name that visits seldom have. No visit's usual event is in one of these indexes. On a very large table,
-- they may be made beforehand; then this does nothing.
CREATE INDEX IF NOT EXISTS "delivery_storefront_end_idx" ON "delivery"("shop", "state")
  WHERE "storefront_position" IS NOT NULL AND "state" IN ('refused', 'expired');
CREATE INDEX IF NOT EXISTS "storefront_event_end_idx" ON "storefront_event"("shop", "state")
  WHERE "state" IN ('refused', 'expired');
CREATE INDEX IF NOT EXISTS "storefront_event_rare_name_idx" ON "storefront_event"("shop", "event_name", "created_at" DESC)
  WHERE "event_name" NOT IN ('PageView', 'ViewContent', 'ViewCategory', 'Search', 'AddToCart');
