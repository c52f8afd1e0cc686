-- Who else sends to a shop's pixels, as the theme embed saw it.
CREATE TABLE "other_sender" (
    "shop" TEXT NOT NULL,
    "pixel_id" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "other_sender_pkey" PRIMARY KEY ("shop", "pixel_id", "sender")
);
