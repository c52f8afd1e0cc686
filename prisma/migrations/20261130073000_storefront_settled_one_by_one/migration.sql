-- The view as it was, but for settled_at: whether a delivery of an event is open is looked up for that event. As EXISTS,
-- PostgreSQL may read all open deliveries of all shops for the first row of each day.
CREATE OR REPLACE VIEW "recorded_storefront" AS
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
  -- The time of Meta's answer is the request's.
  CASE WHEN storefront.state IS NOT NULL OR coalesce((
    SELECT false FROM storefront_queue queued
    WHERE queued.pixel = ANY (pixels) AND queued.day = storefront.day AND queued.position = storefront.position LIMIT 1
  ), (
    SELECT false FROM delivery
    WHERE storefront_position = storefront.position AND delivery.state IN ('queued', 'held') LIMIT 1
  ), true) THEN created_at END AS settled_at,
  key
FROM storefront_event storefront;
