-- An event is written three times: taken in, decided, ended. The last of them changes no indexed column any more, so that
-- PostgreSQL keeps it within its page and leaves every index alone ("heap-only"): what tells an undecided event from the
-- others is its deadline, which the decision takes away, and no longer its state.
UPDATE "event" SET "decide_at" = NULL WHERE "state" <> 'joining' AND "decide_at" IS NOT NULL;
DROP INDEX "event_joining_idx";
CREATE INDEX "event_undecided_idx" ON "event"("shop", "decide_at") WHERE "decide_at" IS NOT NULL;

-- Room for that in each page; claims of a delivery need it too.
ALTER TABLE "event" SET (fillfactor = 75);
ALTER TABLE "delivery" SET (fillfactor = 70);

-- A body is mostly hashes, which do not compress: not even trying is cheaper. Rows above 2 kB keep it outside, and then
-- ending the event does not write it again.
ALTER TABLE "event" ALTER COLUMN "body" SET STORAGE EXTERNAL;
