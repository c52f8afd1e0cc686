-- What a shop's own privacy settings ask for, region by region, and when Shopify was asked last.
CREATE TABLE "consent_policy" (
    "shop" TEXT NOT NULL,
    "regions" JSONB,
    "read_at" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,

    CONSTRAINT "consent_policy_pkey" PRIMARY KEY ("shop")
);

-- What a browser said after the event had been decided: kept, and never applied.
ALTER TABLE "event" ADD COLUMN "late_signal" JSONB;
