-- The addresses that a merchant's CRM sends stages of leads to. The ID is a part of the address; the secret is sealed.
CREATE TABLE "crm_hook" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "account" TEXT,
    "sealed_secret" TEXT,
    "sealed_former_secret" TEXT,
    "former_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "crm_hook_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "crm_hook_shop_created_at_idx" ON "crm_hook"("shop", "created_at");
ALTER TABLE "crm_hook" ADD CONSTRAINT "crm_hook_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;
