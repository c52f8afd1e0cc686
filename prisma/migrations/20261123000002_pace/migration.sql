-- A pixel's own pace: how often in a row Meta could not take its events, and from when on it may be asked again. Kept
-- on the pixel and not on each event, so that the events stay in the order in which things happened.
ALTER TABLE "destination" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "destination" ADD COLUMN "send_after" TIMESTAMPTZ(3);
-- When Meta was last asked whether pixel and token still belong together.
ALTER TABLE "destination" ADD COLUMN "checked_at" TIMESTAMPTZ(3);

-- An answer that no row of the verdict table names.
ALTER TABLE "attempt" ADD COLUMN "unknown" BOOLEAN NOT NULL DEFAULT false;

-- Unknown answers are counted on Home; there should be none, so the index holds next to nothing.
CREATE INDEX "attempt_unknown_idx" ON "attempt"("shop", "started_at") WHERE "unknown";

-- A delivery can be withheld after its decision: Meta has had the browser's leg for too long.
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_state_known";
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state_known"
  CHECK ("state" IN ('queued', 'held', 'delivered', 'withheld', 'refused', 'expired'));
