-- Shopify Flow: which shops have a workflow that begins with a trigger of the app, and the outbox of those triggers.
CREATE TABLE "flow_workflow" (
    "shop" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "enabled_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_workflow_pkey" PRIMARY KEY ("shop", "definition")
);
ALTER TABLE "flow_workflow" ADD CONSTRAINT "flow_workflow_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "flow_message" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "facts" JSONB,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_message_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "flow_message_state_known" CHECK ("state" IN ('waiting', 'sending', 'sent', 'refused', 'unknown', 'given-up'))
);
CREATE UNIQUE INDEX "flow_message_shop_handle_subject_key" ON "flow_message"("shop", "handle", "subject");
CREATE INDEX "flow_message_waiting_idx" ON "flow_message"("shop", "id") WHERE "state" = 'waiting';
CREATE INDEX "flow_message_created_at_idx" ON "flow_message"("created_at");
