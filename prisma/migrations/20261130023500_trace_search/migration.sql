-- Events are found by the trace ID of one of Meta's answers: the request by its trace ID, then what it carried. On a very
-- large table, the indexes may be made beforehand, concurrently; then this does nothing.
CREATE INDEX IF NOT EXISTS "attempt_trace_idx" ON "attempt"("trace_id", "shop") WHERE "trace_id" IS NOT NULL;
CREATE INDEX IF NOT EXISTS "delivery_attempts_idx" ON "delivery" USING gin ("attempt_ids");
