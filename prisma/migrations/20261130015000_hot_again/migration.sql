-- Ending an event stays within its page again (decision 30): an index whose condition or column is changed by the ending
-- makes each ending write into every index of the table. What waits, and what housekeeping looks for, is told by columns
-- that the ending leaves alone.

-- When the order of an event that waits for its payment, delivery or tag was placed; null in any other state. Kept by a
-- trigger, so that an older version beside this one keeps it too.
ALTER TABLE "event" ADD COLUMN "waits_since" TIMESTAMPTZ(0);

CREATE FUNCTION keep_waits_since() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
begin
  if new.state = 'waiting-for-payment' then
    new.waits_since := new.event_time;
  else
    new.waits_since := null;
    new.look_at := null;
  end if;
  return new;
end $$;
CREATE TRIGGER begin_wait BEFORE INSERT ON "event" FOR EACH ROW
  WHEN (new.state = 'waiting-for-payment') EXECUTE FUNCTION keep_waits_since();
CREATE TRIGGER end_wait BEFORE UPDATE ON "event" FOR EACH ROW
  WHEN (old.state = 'waiting-for-payment') EXECUTE FUNCTION keep_waits_since();

-- Few events of a shop wait at any moment, and the index that is dropped below leads to them.
UPDATE "event" SET "waits_since" = "event_time" WHERE "state" = 'waiting-for-payment';

CREATE INDEX "event_waits_since_idx" ON "event"("waits_since") WHERE "waits_since" IS NOT NULL;
DROP INDEX "event_waiting_for_payment_idx";

DROP INDEX "event_look_idx";
CREATE INDEX "event_look_idx" ON "event"("look_at") WHERE "look_at" IS NOT NULL;

-- An event ended after it was created, so those that ended long enough ago are among those created long enough ago.
DROP INDEX "event_late_person_idx";
CREATE INDEX "event_late_person_idx" ON "event"("created_at")
  WHERE "body" ? 'original_event_data' AND "body"->'user_data' <> '{}'::jsonb;
