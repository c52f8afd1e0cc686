-- On which hosts the shop's pages are, by Shopify's word, and when it was asked: a report from another page is refused
-- (decision 52). Null: not read yet, so any page is taken. An older version of the app leaves the columns alone.
ALTER TABLE "shop" ADD COLUMN "hosts" JSONB, ADD COLUMN "hosts_read_at" TIMESTAMPTZ(3);
