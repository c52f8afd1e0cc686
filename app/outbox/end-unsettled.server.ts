import { Prisma, type PrismaClient } from "@prisma/client";

import { withoutPersonIn } from "../database/without-person.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Reason } from "../event-contract/reason.ts";
import type { PixelId } from "../settings/types.ts";
import { endStorefront, lockLeases, refuseQueued } from "./end-storefront.server.ts";
import { finishEvents } from "./finish-events.server.ts";

// A pixel that was blocked for days leaves a backlog; Prisma's default transaction timeout is 5 s.
const BACKLOG_TIMEOUT_MS = 120_000;

type Because = { readonly reason: Reason; readonly now: Date };

/**
 * Withholds every unsettled event of a shop and deletes the personal data in it. An event that one pixel has already
 * received stays delivered. Claims in flight can no longer settle. Returns the number of events.
 */
export async function withholdShop(prisma: PrismaClient, shop: ShopDomain, { reason, now }: Because): Promise<number> {
  const [ended, , ofStorefront] = await prisma.$transaction([
    prisma.$executeRaw`
      with unsettled as (
        select shop, event_name, event_id from event
        where shop = ${shop} and state in ('waiting-for-payment', 'joining', 'queued')
        order by shop, event_name, event_id
        for no key update
      )
      update event set
        state = case when exists (
          select 1 from delivery where state = 'delivered' and (delivery.shop, delivery.event_name, delivery.event_id)
            = (event.shop, event.event_name, event.event_id)
        ) then 'delivered' else 'withheld' end,
        reason = ${reason}, body = ${withoutPersonIn("body")}, decide_at = null, settled_at = ${now}::timestamptz
      from unsettled
      where (event.shop, event.event_name, event.event_id)
        = (unsettled.shop, unsettled.event_name, unsettled.event_id)`,
    lockLeases(prisma, Prisma.sql`shop = ${shop}`),
    endStorefront(prisma, { shop, reason, now, waiting: queuedOf(shop), moved: Prisma.sql`true` }),
    prisma.$executeRaw`
      update delivery set state = 'refused', reason = ${reason}, claimed_by = null, claimed_until = null,
        settled_at = ${now}::timestamptz
      where shop = ${shop} and state in ('queued', 'held')`,
    prisma.$executeRaw`delete from browser_context where shop = ${shop}`,
  ]);
  return ended + ofStorefront;
}

const queuedOf = (shop: ShopDomain): Prisma.Sql =>
  Prisma.sql`using destination where destination.shop = ${shop} and queued.pixel = destination.id`;

/** Refuses every waiting delivery of a disconnected pixel. Returns the number of deliveries. */
export async function abandonPixel(prisma: PrismaClient, pixelId: PixelId, { reason, now }: Because): Promise<number> {
  return prisma.$transaction(
    async (tx) => {
      const keys = await tx.$queryRaw<{ shop: string; event_name: string; event_id: string }[]>`
      -- every shop: ends what waits for one pixel, which is one shop's
      select shop, event_name, event_id from event
      where (shop, event_name, event_id) in (
        select shop, event_name, event_id from delivery
        where destination_id = ${pixelId}::uuid and state in ('queued', 'held')
      )
      order by shop, event_name, event_id
      for no key update`;
      await lockLeases(tx, Prisma.sql`id = ${pixelId}::uuid`);
      // What was moved out of the queue, before the queue: counting either makes a shop's other workers wait, and some of
      // them may have these rows.
      await tx.$executeRaw`
      -- every shop: ends what waits for one pixel, which is one shop's
      select from delivery where destination_id = ${pixelId}::uuid and state in ('queued', 'held')
        and storefront_day is not null
      order by event_name, event_id for no key update`;
      const ofQueue = await tx.$executeRaw(refuseQueued(pixelId, { reason, now }));
      const ended = await tx.$executeRaw(Prisma.sql`
      -- every shop: ends what waits for one pixel, which is one shop's
      update delivery set state = 'refused', reason = ${reason}, claimed_by = null, claimed_until = null,
        settled_at = ${now}::timestamptz
      where destination_id = ${pixelId}::uuid and state in ('queued', 'held')`);
      await tx.$executeRaw(finishEvents(keys, now));
      return ended + ofQueue;
    },
    { timeout: BACKLOG_TIMEOUT_MS },
  );
}
