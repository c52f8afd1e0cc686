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
 * digest. A later webhook finds no shop and creates none. Safe to repeat.
 */
export async function eraseShop(
  shop: ShopDomain,
  { prisma, tombstones, settings, queue, now }: EraseShopDeps,
): Promise<void> {
  await settings.eraseShop(shop);
  await queue.forget(shop);
  const digest = tombstones.digestOfShop(shop);
  await recordAnswer(prisma, { kind: "shop-erased", subjectDigest: digest, shopDigest: digest, counts: {} }, now());
}
