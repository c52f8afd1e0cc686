-- An installation begins with the token that Shopify grants it: what a webhook from before that is about is over.
ALTER TABLE "shop" ADD COLUMN "token_granted_at" TIMESTAMPTZ(3);
-- When Shopify last had the web pixel that was made for this shop, and when it is to be asked again (null: at once).
ALTER TABLE "shop" ADD COLUMN "web_pixel_seen_at" TIMESTAMPTZ(3);
ALTER TABLE "shop" ADD COLUMN "installation_check_due_at" TIMESTAMPTZ(3);
-- What a webhook asked for that may be about an earlier installation: 'uninstalled' or 'redact'.
ALTER TABLE "shop" ADD COLUMN "installation_doubt" TEXT;
