-- Storefront events that are decided when they arrive: one row each, written once, in partitions by day that are dropped
-- whole. Nothing is moved here from "event": older rows stay where they are, and an older version of the app goes on
-- writing there beside this one. No existing table is rewritten or read.

-- Identifies an event in an index entry of 16 bytes instead of 90.
CREATE FUNCTION "storefront_key"(shop TEXT, event_name TEXT, event_id TEXT) RETURNS UUID
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN encode(substring(sha256(convert_to(shop || ' ' || event_name || ' ' || event_id, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid;

CREATE SEQUENCE "storefront_position";

CREATE TABLE "storefront_event" (
    "position" BIGINT NOT NULL DEFAULT nextval('storefront_position'),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "event_time" TIMESTAMPTZ(0) NOT NULL,
    "key" UUID NOT NULL,
    "day" DATE NOT NULL,
    "settings_version" INTEGER NOT NULL,
    "shop" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "pixels" UUID[],
    "order_id" TEXT,
    "checkout_token" TEXT,
    "state" TEXT,
    "reason" TEXT,
    "browser_leg" JSON,
    "consent" JSON NOT NULL,
    "body" JSON NOT NULL,

    CONSTRAINT "storefront_event_pkey" PRIMARY KEY ("day", "position"),
    CONSTRAINT "storefront_event_end_has_reason" CHECK (("state" IS NULL) = ("reason" IS NULL)),
    CONSTRAINT "storefront_event_state_known" CHECK ("state" IN ('delivered', 'withheld', 'refused'))
) PARTITION BY RANGE ("day");

-- A post that comes again is counted once.
CREATE UNIQUE INDEX "storefront_event_key_day_key" ON "storefront_event"("key", "day");
CREATE INDEX "storefront_event_shop_created_at_idx" ON "storefront_event"("shop", "created_at" DESC);
CREATE INDEX "storefront_event_checkout_token_idx" ON "storefront_event"("checkout_token", "shop") WHERE "checkout_token" IS NOT NULL;
CREATE INDEX "storefront_event_order_id_idx" ON "storefront_event"("order_id", "shop") WHERE "order_id" IS NOT NULL;
-- As in "event": bodies are mostly hashes, which do not compress.
ALTER TABLE "storefront_event" ALTER COLUMN "body" SET STORAGE EXTERNAL;

-- For a day without a partition, so that no event is ever refused.
CREATE TABLE "storefront_event_default" PARTITION OF "storefront_event" DEFAULT;

-- Makes the partitions of these days. A day that has rows in the default partition stays there.
CREATE FUNCTION "storefront_make_days"(first DATE, last DATE) RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
  made INTEGER := 0;
  missing DATE;
BEGIN
  FOR missing IN
    SELECT wanted::date FROM generate_series(first::timestamp, last::timestamp, '1 day') AS wanted
    WHERE to_regclass('storefront_event_' || to_char(wanted, 'YYYYMMDD')) IS NULL ORDER BY wanted
  LOOP
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF storefront_event FOR VALUES FROM (%L) TO (%L)',
        'storefront_event_' || to_char(missing, 'YYYYMMDD'), missing, missing + 1);
      made := made + 1;
    EXCEPTION WHEN check_violation THEN
      NULL;
    END;
  END LOOP;
  RETURN made;
END $$;

-- Drops the partitions of the days before this one.
CREATE FUNCTION "storefront_drop_days"(before DATE) RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
  dropped INTEGER := 0;
  old TEXT;
BEGIN
  FOR old IN
    SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = 'storefront_event'::regclass AND relname ~ '^storefront_event_\d{8}$'
      AND to_date(right(relname, 8), 'YYYYMMDD') < before
    ORDER BY relname
  LOOP
    EXECUTE format('DROP TABLE %I', old);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- An event may be seven days old when it arrives.
SELECT storefront_make_days(((now() AT TIME ZONE 'UTC')::date - 8), ((now() AT TIME ZONE 'UTC')::date + 3));

-- What still has to be sent: a row for each event and pixel, deleted in the statement that stores Meta's answer.
CREATE TABLE "storefront_queue" (
    "pixel" UUID NOT NULL,
    "day" DATE NOT NULL,
    "position" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,

    CONSTRAINT "storefront_queue_pkey" PRIMARY KEY ("pixel", "day", "position")
);
-- Its rows live for moments, so what they leave behind is cleared away by their number, however many there are.
ALTER TABLE "storefront_queue" SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.0, autovacuum_analyze_threshold = 200000);

-- Which worker sends a pixel's storefront events. The turn changes with every write, and "open" is how many of the events
-- that it took have no answer yet.
CREATE TABLE "pixel_lease" (
    "pixel" UUID NOT NULL,
    "turn" BIGINT NOT NULL,
    "holder" TEXT,
    "until" TIMESTAMPTZ(3),
    "open" INTEGER NOT NULL,

    CONSTRAINT "pixel_lease_pkey" PRIMARY KEY ("pixel"),
    CONSTRAINT "pixel_lease_whole" CHECK (("holder" IS NULL) = ("until" IS NULL))
);
ALTER TABLE "pixel_lease" SET (fillfactor = 50);
ALTER TABLE "pixel_lease" ADD CONSTRAINT "pixel_lease_pixel_fkey"
  FOREIGN KEY ("pixel") REFERENCES "destination"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A storefront event that was not simply delivered has a delivery: its day and position say which event.
ALTER TABLE "delivery" ADD COLUMN "storefront_day" DATE, ADD COLUMN "storefront_position" BIGINT;
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_storefront_whole"
  CHECK (("storefront_day" IS NULL) = ("storefront_position" IS NULL)) NOT VALID;
CREATE INDEX "delivery_storefront_idx" ON "delivery"("storefront_position") WHERE "storefront_position" IS NOT NULL;

-- The storefront events that a request carried.
ALTER TABLE "attempt" ADD COLUMN "positions" BIGINT[], ADD COLUMN "last_position" BIGINT;
CREATE INDEX "attempt_last_position_idx" ON "attempt"("destination_id", "last_position") WHERE "last_position" IS NOT NULL;

-- The requests that carried an event to a pixel. Batches go by position, so the first ones that reach that far are read.
CREATE FUNCTION "storefront_attempts"(pixel UUID, place BIGINT) RETURNS BIGINT[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM (
    SELECT id, positions FROM attempt
    WHERE destination_id = pixel AND last_position >= place ORDER BY last_position, id LIMIT 500
  ) near WHERE place = ANY (positions)
$$;

-- The storefront events as rows of "event". The key finds one by its index.
CREATE VIEW "recorded_storefront" AS
SELECT shop, event_name, body->>'event_id' AS event_id, event_time, 'collector'::text AS origin, settings_version, order_id,
  NULL::text AS order_name, checkout_token, NULL::text AS region,
  coalesce(storefront.state, (
    SELECT CASE
      WHEN bool_or(entry.state IN ('queued', 'held')) THEN 'queued'
      WHEN count(*) < cardinality(pixels) OR bool_or(entry.state = 'delivered') THEN 'delivered'
      WHEN bool_or(entry.state = 'refused') THEN 'refused'
      WHEN bool_or(entry.state = 'expired') THEN 'expired' ELSE 'withheld' END
    FROM (
      SELECT 'queued' AS state FROM storefront_queue queued
      WHERE queued.pixel = ANY (pixels) AND queued.day = storefront.day AND queued.position = storefront.position
      UNION ALL
      SELECT delivery.state FROM delivery WHERE storefront_position = storefront.position
    ) entry
  )) AS state,
  coalesce(storefront.reason, (
    SELECT CASE WHEN bool_and(delivery.state IN ('refused', 'expired', 'withheld')) AND count(*) = cardinality(pixels)
      THEN coalesce(min(delivery.reason) FILTER (WHERE delivery.state = 'refused'),
        min(delivery.reason) FILTER (WHERE delivery.state = 'expired'), min(delivery.reason)) END
    FROM delivery WHERE storefront_position = storefront.position
  )) AS reason,
  body::jsonb AS body,
  CASE WHEN browser_leg IS NOT NULL THEN (body->'custom_data')::jsonb END AS browser_data,
  browser_leg::jsonb AS browser_leg,
  CASE WHEN browser_leg IS NOT NULL THEN created_at END AS browser_seen_at,
  CASE WHEN consent->>2 IS NOT NULL
    THEN jsonb_build_object('marketing', consent->2, 'saleOfData', consent->3, 'at', consent->4) END AS signal,
  CASE WHEN consent->>0 IS NOT NULL THEN jsonb_build_object('decision', consent->0, 'rule', consent->1,
    'region', consent->6, 'policy', consent->7, 'decidedAt', consent->5, 'signal', CASE WHEN consent->>2 IS NOT NULL
      THEN jsonb_build_object('marketing', consent->2, 'saleOfData', consent->3, 'at', consent->4) END) END AS consent,
  NULL::jsonb AS late_signal, NULL::jsonb AS net_revenue, false AS is_test, created_at,
  -- When Meta's answer came is told by the request.
  CASE WHEN storefront.state IS NOT NULL OR NOT EXISTS (
    SELECT FROM storefront_queue queued
    WHERE queued.pixel = ANY (pixels) AND queued.day = storefront.day AND queued.position = storefront.position
  ) AND NOT EXISTS (
    SELECT FROM delivery WHERE storefront_position = storefront.position AND delivery.state IN ('queued', 'held')
  ) THEN created_at END AS settled_at,
  key
FROM storefront_event storefront;

-- Every event.
CREATE VIEW "recorded_event" AS
SELECT shop, event_name, event_id, event_time, origin, settings_version, order_id, order_name, checkout_token, region, state,
  reason, body, browser_data, browser_leg, browser_seen_at, signal, consent, late_signal, net_revenue, is_test, created_at,
  settled_at, storefront_key(shop, event_name, event_id) AS key
FROM event
UNION ALL
SELECT * FROM recorded_storefront;

-- Every delivery, as a row of "delivery". A storefront event that neither waits nor has a delivery was delivered.
CREATE VIEW "recorded_delivery" AS
SELECT shop, event_name, event_id, destination_id, event_time, state, reason, attempts,
  CASE WHEN storefront_position IS NULL THEN attempt_ids
    ELSE attempt_ids || storefront_attempts(destination_id, storefront_position) END AS attempt_ids,
  due_at, trace_id, settled_at, storefront_key(shop, event_name, event_id) AS key
FROM delivery
UNION ALL
SELECT storefront.shop, storefront.event_name, body->>'event_id', target.id, event_time,
  CASE WHEN queued.pixel IS NULL THEN 'delivered' WHEN destination.state = 'active' THEN 'queued' ELSE 'held' END,
  CASE WHEN queued.pixel IS NULL THEN NULL
    WHEN destination.state <> 'active' THEN coalesce(destination.state_reason, destination.state) ELSE queued.reason END,
  coalesce(queued.attempts, 1), storefront_attempts(target.id, storefront.position), storefront.created_at,
  (
    SELECT trace_id FROM attempt WHERE id = ANY (storefront_attempts(target.id, storefront.position))
      AND verdict = 'accepted' ORDER BY id DESC LIMIT 1
  ),
  CASE WHEN queued.pixel IS NULL THEN storefront.created_at END, key
FROM storefront_event storefront CROSS JOIN LATERAL unnest(pixels) AS target(id)
  LEFT JOIN storefront_queue queued ON queued.pixel = target.id AND queued.day = storefront.day
    AND queued.position = storefront.position
  LEFT JOIN destination ON destination.id = target.id
WHERE NOT EXISTS (
  SELECT FROM delivery WHERE storefront_position = storefront.position AND delivery.destination_id = target.id
);
