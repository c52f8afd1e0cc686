-- When the order of a waiting Purchase is read from Shopify again: no webhook is sure to tell of its delivery.
ALTER TABLE "event" ADD COLUMN "look_at" TIMESTAMPTZ(3);
CREATE INDEX "event_look_idx" ON "event"("look_at") WHERE "state" = 'waiting-for-payment' AND "look_at" IS NOT NULL;
