-- How many receipts a shop got since a time is counted in the index alone. It also serves whatever the old one did.
CREATE INDEX "browser_context_received_at_shop_idx" ON "browser_context"("received_at", "shop");
DROP INDEX "browser_context_received_at_idx";
