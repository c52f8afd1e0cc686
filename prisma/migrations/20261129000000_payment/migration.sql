-- What waits for its payment is looked for by the time of its order: to end it when it has waited too long, and to keep
-- its browser's receipt until then. Few events of a shop wait at any moment.
CREATE INDEX "event_waiting_for_payment_idx" ON "event"("event_time") WHERE "state" = 'waiting-for-payment';

-- An order that was paid late is older than the days for which an ended event keeps its person, so housekeeping has gone
-- past it; this is where it finds those again, and one without a person leaves it.
CREATE INDEX "event_late_person_idx" ON "event"("settled_at")
  WHERE "body" ? 'original_event_data' AND "body"->'user_data' <> '{}'::jsonb;
