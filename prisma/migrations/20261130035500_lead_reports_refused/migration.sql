-- The Leads page lists the reports that changed nothing, newest first. They are few among all reports.
CREATE INDEX "lead_stage_refused_idx" ON "lead_stage"("shop", "id" DESC)
  WHERE "outcome" NOT IN ('accepted', 'duplicate', 'reopened', 'disqualified-again');
