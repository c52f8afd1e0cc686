-- When Meta last said that the stored token may send to the pixel. Null: it was not asked about this token, or left it open.
ALTER TABLE "destination" ADD COLUMN "token_accepted_at" TIMESTAMPTZ(3);
