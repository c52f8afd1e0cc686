import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PublishState } from "./types.ts";

type MarkedPublication = {
  readonly version: number;
  readonly webPixelId: string;
  /** The version that counted as published when this publication began. */
  readonly replaces: number;
};

export type Publication = {
  /**
   * Shopify has this version. If another publication ended since this one began, nobody knows whose Shopify kept last:
   * then the earlier one counts, and the next round publishes again.
   */
  readonly markPublished: (shop: ShopDomain, published: MarkedPublication) => Promise<void>;
  readonly markPublishProblem: (shop: ShopDomain, problem: string) => Promise<void>;
  /** For settings that are on their way: what Shopify said of those before is no answer to them. */
  readonly forgetPublishProblem: (shop: ShopDomain) => Promise<void>;
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
  markPublished: (shop, published) => markPublished(prisma, shop, { ...published, at: now() }),

  markPublishProblem: async (shop, publishProblem) => {
    await prisma.shop.updateMany({ where: { domain: shop, uninstalledAt: null }, data: { publishProblem } });
  },

  forgetPublishProblem: async (shop) => {
    await prisma.$executeRaw`
      update shop set publish_problem = null
      where domain = ${shop} and publish_problem is not null
        and published_version < (select max(version) from settings where settings.shop = shop.domain)`;
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

/** Nothing for a shop that has uninstalled meanwhile: Shopify has deleted what was published. */
async function markPublished(
  prisma: PrismaClient,
  shop: ShopDomain,
  { version, webPixelId, replaces, at }: MarkedPublication & { readonly at: Date },
): Promise<void> {
  const checkDueAt = new Date(at.getTime() + CHECK_AFTER_MS);
  await prisma.$executeRaw`
    update shop set
      published_version = case
        when published_version = ${replaces}::integer then ${version}::integer
        else least(published_version, ${version}::integer) end,
      web_pixel_id = ${webPixelId}, publish_problem = null, web_pixel_seen_at = ${at}::timestamptz,
      installation_check_due_at = ${checkDueAt}::timestamptz
    where domain = ${shop} and uninstalled_at is null`;
}
