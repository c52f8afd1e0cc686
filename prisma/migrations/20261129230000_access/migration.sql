-- Who uses the app in a shop, and as what. A person is Shopify's user ID.
CREATE TABLE "staff" (
    "shop" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "role_set_at" TIMESTAMPTZ(3) NOT NULL,
    "role_set_by" TEXT NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("shop", "user_id")
);
ALTER TABLE "staff" ADD CONSTRAINT "staff_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "staff" ADD CONSTRAINT "staff_role_known" CHECK ("role" IN ('owner', 'marketer', 'read-only'));

-- Who saw which event or export.
CREATE TABLE "access_record" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_by" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT,

    CONSTRAINT "access_record_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_record_shop_seen_at_idx" ON "access_record"("shop", "seen_at" DESC);
CREATE INDEX "access_record_seen_at_idx" ON "access_record"("seen_at");
ALTER TABLE "access_record" ADD CONSTRAINT "access_record_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;

-- Changes that have no versions of their own: of pixels and of roles. Settings have versions.
CREATE TABLE "change_record" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "change_record_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "change_record_shop_changed_at_idx" ON "change_record"("shop", "changed_at" DESC);
ALTER TABLE "change_record" ADD CONSTRAINT "change_record_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;
