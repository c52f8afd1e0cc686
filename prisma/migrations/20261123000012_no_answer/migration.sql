-- Where events are withheld that no browser spoke of: as-policy, everywhere, or regions such as CA, US-NY.
ALTER TABLE "settings" ADD COLUMN "no_answer" TEXT NOT NULL DEFAULT 'as-policy';
