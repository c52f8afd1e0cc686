-- What Meta answered to an earlier token says nothing about the present one, so a pixel keeps when its token was stored;
-- and every page of a shop shows that Meta is being asked. Null in rows from before, and where an older version writes.
ALTER TABLE "destination"
  ADD COLUMN IF NOT EXISTS "token_stored_at" TIMESTAMPTZ(3),
  ADD COLUMN IF NOT EXISTS "checking_since" TIMESTAMPTZ(3);
