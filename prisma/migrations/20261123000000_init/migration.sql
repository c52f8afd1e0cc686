-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop" (
    "domain" TEXT NOT NULL,
    "ingest_key" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT,
    "timezone" TEXT,
    "plan" TEXT,
    "web_pixel_id" TEXT,
    "published_version" INTEGER NOT NULL DEFAULT 0,
    "publish_problem" TEXT,
    "embed_seen_at" TIMESTAMPTZ(3),
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalled_at" TIMESTAMPTZ(3),

    CONSTRAINT "shop_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "settings" (
    "shop" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "purchase_trigger" TEXT NOT NULL DEFAULT 'paid',
    "value_basis" TEXT NOT NULL DEFAULT 'subtotal',
    "content_id" TEXT NOT NULL DEFAULT 'variant_id',
    "content_country" TEXT NOT NULL DEFAULT 'US',
    "storefront_mode" TEXT NOT NULL DEFAULT 'pixel',
    "context_wait_seconds" INTEGER NOT NULL DEFAULT 90,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "saved_by" TEXT NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("shop","version")
);

-- CreateTable
CREATE TABLE "destination" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "pixel_id" TEXT NOT NULL,
    "sealed_token" TEXT,
    "test_event_code" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "state_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "shop" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_time" TIMESTAMPTZ(0) NOT NULL,
    "origin" TEXT NOT NULL,
    "settings_version" INTEGER NOT NULL,
    "order_id" TEXT,
    "checkout_token" TEXT,
    "region" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "body" JSONB NOT NULL,
    "browser_data" JSONB,
    "browser_leg" JSONB,
    "browser_seen_at" TIMESTAMPTZ(3),
    "signal" JSONB,
    "consent" JSONB,
    "decide_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_pkey" PRIMARY KEY ("shop","event_name","event_id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "shop" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "destination_id" UUID NOT NULL,
    "event_time" TIMESTAMPTZ(0) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt_ids" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_by" TEXT,
    "claimed_until" TIMESTAMPTZ(3),
    "trace_id" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("shop","event_name","event_id","destination_id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "destination_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "http_status" INTEGER,
    "verdict" TEXT NOT NULL,
    "code" INTEGER,
    "subcode" INTEGER,
    "message" TEXT,
    "trace_id" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "browser_context" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "checkout_token" TEXT,
    "order_id" TEXT,
    "event_id" TEXT,
    "receipt" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "browser_context_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_receipt" (
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_receipt_pkey" PRIMARY KEY ("shop","topic","webhook_id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "sealed_body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "shop_ingest_key_key" ON "shop"("ingest_key");

-- CreateIndex
CREATE UNIQUE INDEX "destination_shop_pixel_id_key" ON "destination"("shop", "pixel_id");

-- CreateIndex
CREATE INDEX "event_shop_created_at_idx" ON "event"("shop", "created_at" DESC);

-- CreateIndex
CREATE INDEX "attempt_destination_id_started_at_idx" ON "attempt"("destination_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "browser_context_order_id_shop_idx" ON "browser_context"("order_id", "shop");

-- CreateIndex
CREATE INDEX "browser_context_received_at_idx" ON "browser_context"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "browser_context_checkout_token_shop_key" ON "browser_context"("checkout_token", "shop");

-- CreateIndex
CREATE INDEX "webhook_receipt_received_at_idx" ON "webhook_receipt"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "quarantine_shop_topic_webhook_id_key" ON "quarantine"("shop", "topic", "webhook_id");

-- AddForeignKey
ALTER TABLE "settings" ADD CONSTRAINT "settings_shop_fkey" FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "destination" ADD CONSTRAINT "destination_shop_fkey" FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say: partial indexes, and the closed sets behind the text columns.

-- Undecided events, soonest first: read by every decision and by the sweep, so it must hold nothing else.
CREATE INDEX "event_joining_idx" ON "event"("shop", "decide_at") WHERE "state" = 'joining';

-- The two ways a receipt finds its order. Most events have neither key and stay out. The key comes before the shop:
-- without statistics, as on the embedded database, PostgreSQL takes either index for the other if both begin with it.
CREATE INDEX "event_checkout_token_idx" ON "event"("checkout_token", "shop") WHERE "checkout_token" IS NOT NULL;
CREATE INDEX "event_order_id_idx" ON "event"("order_id", "shop") WHERE "order_id" IS NOT NULL;

-- Claims are taken in the order things happened, and due_at is carried along so that back-off is read off the index.
CREATE INDEX "delivery_queued_idx" ON "delivery"("destination_id", "event_time", "due_at") WHERE "state" = 'queued';
CREATE INDEX "delivery_held_idx" ON "delivery"("destination_id") WHERE "state" = 'held';

-- A receipt without a checkout token is known by its order instead.
CREATE UNIQUE INDEX "browser_context_order_only_key" ON "browser_context"("order_id", "shop") WHERE "checkout_token" IS NULL;

ALTER TABLE "browser_context" ADD CONSTRAINT "browser_context_joinable"
  CHECK ("checkout_token" IS NOT NULL OR "order_id" IS NOT NULL);
ALTER TABLE "destination" ADD CONSTRAINT "destination_state_known"
  CHECK ("state" IN ('active', 'paused', 'blocked'));
ALTER TABLE "event" ADD CONSTRAINT "event_state_known"
  CHECK ("state" IN ('waiting-for-payment', 'joining', 'queued', 'delivered', 'withheld', 'refused', 'expired'));
ALTER TABLE "event" ADD CONSTRAINT "event_joining_has_deadline"
  CHECK ("state" <> 'joining' OR "decide_at" IS NOT NULL);
-- Every end that is not a delivery can be explained to the merchant.
ALTER TABLE "event" ADD CONSTRAINT "event_end_has_reason"
  CHECK ("state" NOT IN ('withheld', 'refused', 'expired') OR "reason" IS NOT NULL);
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state_known"
  CHECK ("state" IN ('queued', 'held', 'delivered', 'refused', 'expired'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_claim_whole"
  CHECK (("claimed_by" IS NULL) = ("claimed_until" IS NULL));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_verdict_known"
  CHECK ("verdict" IN ('accepted', 'try-later', 'refused', 'blocked'));
