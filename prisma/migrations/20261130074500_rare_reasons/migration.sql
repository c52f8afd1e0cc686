-- What the list of events shows of a reason that few orders have, and of sales that are not the website's. "reason" alone:
-- an order that Meta accepts has none before and after, so it still changes in place; one that is withheld leaves the index
-- of undecided events anyway. On a very large table, they may be made beforehand; then this does nothing.
CREATE INDEX IF NOT EXISTS "event_reason_idx" ON "event"("shop", "reason", "created_at" DESC) WHERE "reason" IS NOT NULL;
CREATE INDEX IF NOT EXISTS "event_source_idx" ON "event"("shop", ("body"->>'action_source'), "created_at" DESC)
  WHERE "body"->>'action_source' <> 'website';
