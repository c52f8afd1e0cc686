-- The page of leads, for a shop with 100,000 beside 200,000 of others (test/database/leads-page-plan.test.ts): its order
-- comes from an index, so do the leads of an origin that few have, and the counts by stage read no row of another shop.
CREATE INDEX "lead_shop_happened_at_lead_id_idx" ON "lead"("shop", "happened_at" DESC, "lead_id" DESC);
DROP INDEX "lead_shop_happened_at_idx";
CREATE INDEX "lead_shop_kind_action_happened_at_lead_id_idx"
  ON "lead"("shop", "kind", "action", "happened_at" DESC, "lead_id" DESC);

-- The same index with the stage's time, which the median until a stage needs.
CREATE UNIQUE INDEX "lead_stage_once_timed_idx" ON "lead_stage"("shop", "lead_id", "stage") INCLUDE ("happened_at")
  WHERE "outcome" = 'accepted';
DROP INDEX "lead_stage_once_idx";
