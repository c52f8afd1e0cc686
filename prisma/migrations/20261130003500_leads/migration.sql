-- Leads: the forms and Instant Forms that a merchant's own system says more about later. A row per lead, written with the
-- event of its form; the first event of an Instant Form's lead is its first stage.
CREATE TABLE "lead" (
    "shop" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "sent_as" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(0) NOT NULL,
    "external_id" TEXT,
    "user_data" JSONB NOT NULL,
    "signal" JSONB,
    "page" TEXT,
    "campaign" JSONB,
    "pixel_ids" JSONB,
    "settings_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("shop", "lead_id")
);
ALTER TABLE "lead" ADD CONSTRAINT "lead_kind_known" CHECK ("kind" IN ('form', 'instant-form'));
CREATE INDEX "lead_shop_happened_at_idx" ON "lead"("shop", "happened_at" DESC);
CREATE INDEX "lead_created_at_idx" ON "lead"("created_at");
CREATE INDEX "lead_external_id_idx" ON "lead"("external_id", "shop") WHERE "external_id" IS NOT NULL;
-- By a hash of the email address, the phone number or the customer's ID.
CREATE INDEX "lead_user_data_idx" ON "lead" USING GIN ("user_data" jsonb_path_ops) WHERE "user_data" <> '{}';

-- Every report that a lead reached a stage, with what became of it. The accepted ones are the lead's stages.
CREATE TABLE "lead_stage" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "lead_id" TEXT,
    "named_by" TEXT NOT NULL,
    "named" TEXT,
    "stage" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "event_id" TEXT,
    "order_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_stage_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "lead_stage_shop_source_idempotency_key_key" ON "lead_stage"("shop", "source", "idempotency_key");
CREATE UNIQUE INDEX "lead_stage_once_idx" ON "lead_stage"("shop", "lead_id", "stage") WHERE "outcome" = 'accepted';
CREATE INDEX "lead_stage_lead_id_shop_idx" ON "lead_stage"("lead_id", "shop");
CREATE INDEX "lead_stage_shop_received_at_idx" ON "lead_stage"("shop", "received_at" DESC);
CREATE INDEX "lead_stage_received_at_idx" ON "lead_stage"("received_at");

-- Keys of a merchant's own programs. The key itself is shown once and never stored.
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "replaced_by" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");
CREATE INDEX "api_key_shop_created_at_idx" ON "api_key"("shop", "created_at");
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;

-- Null: the default funnel (app/settings/funnel.ts).
ALTER TABLE "settings" ADD COLUMN "funnel" JSONB;
