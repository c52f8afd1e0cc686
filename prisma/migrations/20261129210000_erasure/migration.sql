-- What was erased must not come back: digests of what it was known by, under a key that this database alone has (sealed
-- with the app's own). Neither the key nor a digest tells a name.
CREATE TABLE "tombstone_key" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sealed_key" TEXT NOT NULL,

    CONSTRAINT "tombstone_key_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "tombstone_key" ADD CONSTRAINT "tombstone_key_single" CHECK ("id" = 1);

CREATE TABLE "tombstone" (
    "digest" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("digest")
);
CREATE INDEX "tombstone_expires_at_idx" ON "tombstone"("expires_at");

-- The proof of each answer to a compliance request: what was asked for, when, and how many rows it was. A request that
-- Shopify repeats is counted in its row.
CREATE TABLE "compliance_record" (
    "subject_digest" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "shop_digest" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "counts" JSONB NOT NULL,

    CONSTRAINT "compliance_record_pkey" PRIMARY KEY ("subject_digest")
);
CREATE INDEX "compliance_record_last_at_idx" ON "compliance_record"("last_at");
ALTER TABLE "compliance_record" ADD CONSTRAINT "compliance_record_kind_known"
  CHECK ("kind" IN ('customer-redacted', 'data-requested', 'shop-erased'));
