-- What else was posted under a checkout's token and is not the same: which of them is the buyer's is decided with the
-- order (decision 50). An older version of the app leaves the column alone.
ALTER TABLE "browser_context" ADD COLUMN "others" JSONB NOT NULL DEFAULT '[]';
