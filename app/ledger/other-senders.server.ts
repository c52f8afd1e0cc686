import type { PrismaClient } from "@prisma/client";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { FoundSender } from "../event-contract/other-senders.ts";

/**
 * Stores who else sends to the shop's pixels, one row per pixel and sender. Only for pixels that the shop has
 * connected, because anyone can post to the collector.
 */
export async function noteOtherSenders(
  prisma: PrismaClient,
  { shop, senders, now }: { shop: ShopDomain; senders: readonly FoundSender[]; now: Date },
): Promise<void> {
  await prisma.$executeRaw`
    insert into other_sender (shop, pixel_id, sender, first_seen_at, last_seen_at)
    select ${shop}, seen.pixel_id, seen.sender, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${senders.map(({ metaPixelId }) => metaPixelId)}::text[], ${senders.map(({ sender }) => sender)}::text[])
      as seen (pixel_id, sender)
    where exists (
      select 1 from destination where destination.shop = ${shop} and destination.pixel_id = seen.pixel_id
    )
    group by seen.pixel_id, seen.sender
    on conflict (shop, pixel_id, sender) do update set last_seen_at = excluded.last_seen_at`;
}
