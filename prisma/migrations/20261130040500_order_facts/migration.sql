-- What a rehearsal of changed settings needs of an order, without its buyer. Kept for eight days, so that the table stays
-- small. An older version of the app beside this one writes no rows: its orders cannot be rehearsed.
CREATE TABLE "order_facts" (
    "shop" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "advanced" BOOLEAN NOT NULL,
    "format" SMALLINT NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "order_facts_pkey" PRIMARY KEY ("order_id","shop")
);
CREATE INDEX "order_facts_shop_seen_at_order_id_idx" ON "order_facts"("shop", "seen_at" DESC, "order_id" DESC);

-- Rows are deleted by age alone, and lie on disk by age.
CREATE INDEX "order_facts_seen_at_idx" ON "order_facts" USING brin ("seen_at");
