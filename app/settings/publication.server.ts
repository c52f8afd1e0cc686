import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PublishState } from "./types.ts";

export type Publication = {
  readonly markPublished: (shop: ShopDomain, version: number, webPixelId: string) => Promise<void>;
  readonly markPublishProblem: (shop: ShopDomain, problem: string) => Promise<void>;
  readonly publishState: (shop: ShopDomain) => Promise<PublishState>;
  /**
   * Installed shops with settings that are not published yet: saved on the command line, or while Shopify was down.
   * Only settings saved before the given time count. The shops taken longest ago come first, and taking a shop is
   * recorded, so shops that keep failing do not hold up the others.
   */
  readonly takeShopsBehind: (criteria: {
    readonly savedBefore: Date;
    readonly limit: number;
    readonly now: Date;
  }) => Promise<readonly ShopDomain[]>;
};

const CHECK_AFTER_MS = 3_600_000;

export const createPublication = (prisma: PrismaClient, now: () => Date): Publication => ({
  markPublished: async (shop, publishedVersion, webPixelId) => {
    const at = now();
    const installationCheckDueAt = new Date(at.getTime() + CHECK_AFTER_MS);
    const data = { publishedVersion, webPixelId, publishProblem: null, webPixelSeenAt: at, installationCheckDueAt };
    await prisma.shop.updateMany({ where: { domain: shop }, data });
  },

  markPublishProblem: async (shop, publishProblem) => {
    await prisma.shop.updateMany({ where: { domain: shop }, data: { publishProblem } });
  },

  publishState: async (shop) => {
    const row = await prisma.shop.findUnique({ where: { domain: shop } });
    return {
      publishedVersion: row?.publishedVersion ?? 0,
      webPixelId: row?.webPixelId ?? null,
      problem: row?.publishProblem ?? null,
    };
  },

  // Without a session nothing can be published to a shop; its next installation publishes everything.
  takeShopsBehind: async ({ savedBefore, limit, now: at }) => {
    const rows = await prisma.$queryRaw<{ domain: ShopDomain }[]>`
      -- every shop: the worker looks for those to be published
      update shop set publish_tried_at = ${at}::timestamptz
      where domain = any (array(
        select domain from shop
        where uninstalled_at is null
          and published_version < (
            select max(version) from settings
            where settings.shop = shop.domain and saved_at <= ${savedBefore}::timestamptz
          )
          and exists (select from session where session.shop = shop.domain)
        order by publish_tried_at nulls first, published_version, domain limit ${limit}
      ))
      returning domain`;
    return rows.map((row) => row.domain);
  },
});
