-- One row for each shop: how far its orders have been compared with the ledger, and what the last comparison found.
CREATE TABLE "reconciliation" (
    "shop" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "watermark" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "report" JSONB,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("shop")
);

CREATE INDEX "reconciliation_due_at_idx" ON "reconciliation"("due_at");

-- How far housekeeping has come where nothing is deleted that would show it.
CREATE TABLE "housekeeping" (
    "task" TEXT NOT NULL,
    "done_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "housekeeping_pkey" PRIMARY KEY ("task")
);

-- Which order an unreadable payload was about, where it said so, and when a mended parser took it.
ALTER TABLE "quarantine" ADD COLUMN "order_id" TEXT;
ALTER TABLE "quarantine" ADD COLUMN "replayed_at" TIMESTAMPTZ(3);

-- What housekeeping looks for, by age. Rows lie roughly in the order they came, so a block range index of a few pages
-- serves, costs next to nothing on the hot path and leaves updates within their page. Partial, with a condition that
-- always holds, because Prisma's schema does not describe it.
CREATE INDEX "event_age_idx" ON "event" USING brin ("created_at") WHERE "created_at" IS NOT NULL;
CREATE INDEX "attempt_age_idx" ON "attempt" USING brin ("started_at") WHERE "started_at" IS NOT NULL;

-- Rows of these tables are written several times each, so dead ones are cleared away long before a fifth of the table is.
ALTER TABLE "event" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "delivery" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
