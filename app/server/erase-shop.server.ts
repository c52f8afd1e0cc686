import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { recordAnswer } from "../privacy/compliance-records.server.ts";
import type { Tombstones } from "../privacy/tombstones.server.ts";
import type { DeliveryQueue } from "../queue/delivery-queue.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";

export type EraseShopDeps = {
  readonly prisma: PrismaClient;
  readonly tombstones: Pick<Tombstones, "digestOfShop">;
  readonly settings: Pick<SettingsStore, "eraseShop">;
  readonly queue: Pick<DeliveryQueue, "forget">;
  readonly now: () => Date;
};

/**
 * Deletes everything of a shop, in every table and in the queue, except a record that identifies the shop only by a
 * digest. The shop's row goes last and together with the record, so that a repetition finds either all of the work to
 * do or none. A later webhook finds no shop and creates none.
 */
export async function eraseShop(
  shop: ShopDomain,
  { prisma, tombstones, settings, queue, now }: EraseShopDeps,
): Promise<void> {
  await queue.forget(shop);
  const digest = tombstones.digestOfShop(shop);
  const erased = { kind: "shop-erased", subjectDigest: digest, shopDigest: digest, counts: {} } as const;
  await settings.eraseShop(shop, [recordAnswer(prisma, erased, now())]);
  // A wake-up that was under way while the rows went.
  await queue.forget(shop);
}
