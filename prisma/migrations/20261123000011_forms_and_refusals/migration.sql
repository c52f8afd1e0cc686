-- Which form of the storefront is reported as what. An empty list: as Tandem does by itself.
alter table settings add column forms jsonb not null default '[]';

-- Posts that the collector refused, by shop, day (UTC) and reason. An empty shop: under an address that is no shop's.
CREATE TABLE "collector_refusal" (
    "shop" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "posts" BIGINT NOT NULL,

    CONSTRAINT "collector_refusal_pkey" PRIMARY KEY ("shop", "day", "reason")
);
