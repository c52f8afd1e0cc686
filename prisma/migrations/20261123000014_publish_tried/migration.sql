-- When Shopify was last to be told of the shop's settings: who waited longest is next, so that none is kept out by others.
ALTER TABLE "shop" ADD COLUMN "publish_tried_at" TIMESTAMPTZ(3);
