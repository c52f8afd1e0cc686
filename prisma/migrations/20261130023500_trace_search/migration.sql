-- Events are found by the trace ID of Meta's answer: an order's by the answer that its delivery ended with, a storefront
-- event's by its request. On a very large table, the indexes may be made beforehand, concurrently; then this does nothing.
CREATE INDEX IF NOT EXISTS "attempt_trace_idx" ON "attempt"("trace_id", "shop") WHERE "trace_id" IS NOT NULL;
CREATE INDEX IF NOT EXISTS "delivery_trace_idx" ON "delivery"("trace_id", "shop") WHERE "trace_id" IS NOT NULL;
