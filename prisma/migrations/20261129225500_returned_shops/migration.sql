-- When a shop that had uninstalled was seen again, until its token proves it: a shop/redact that Shopify sends 48 hours
-- after the uninstallation must not erase it.
ALTER TABLE "shop" ADD COLUMN "returned_at" TIMESTAMPTZ(3);
