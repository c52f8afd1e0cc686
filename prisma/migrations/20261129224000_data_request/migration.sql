-- What a customer asked to see (customers/data_request). Until the worker has assembled it, the sealed content says who
-- asked; afterwards it is the file that the merchant downloads. The digests are those of the tombstones, so that a
-- redaction finds the requests of its customer without opening them.
CREATE TABLE "data_request" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "order_ids" TEXT[],
    "subject_digests" TEXT[],
    "sealed_content" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_at" TIMESTAMPTZ(3),
    "assembled_at" TIMESTAMPTZ(3),
    "downloaded_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("shop", "request_id")
);
CREATE UNIQUE INDEX "data_request_id_key" ON "data_request"("id");
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_shop_fkey"
  FOREIGN KEY ("shop") REFERENCES "shop"("domain") ON DELETE CASCADE ON UPDATE CASCADE;

-- A few rows per erased or asking customer, so the check is quick.
ALTER TABLE "compliance_record" DROP CONSTRAINT "compliance_record_kind_known";
ALTER TABLE "compliance_record" ADD CONSTRAINT "compliance_record_kind_known"
  CHECK ("kind" IN ('customer-redacted', 'data-requested', 'data-downloaded', 'shop-erased'));
