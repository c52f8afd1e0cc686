-- Half of each page is left for the new versions of its rows. A batch that ends rewrites every event of the pages it
-- touches at once, and nothing can be cleared away in between: at 75 per cent a third of those new versions found room in
-- their page, and the others were entered into all indexes again.
ALTER TABLE "event" SET (fillfactor = 50);
ALTER TABLE "delivery" SET (fillfactor = 50);
