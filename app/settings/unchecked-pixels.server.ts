import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "./types.ts";

export type CheckDue = {
  /** How long a check stays valid, in milliseconds. */
  readonly activeMs: number;
  readonly blockedMs: number;
  readonly limit: number;
  readonly now: Date;
};

export type UncheckedPixel = {
  readonly shop: ShopDomain;
  readonly id: PixelId;
  readonly metaPixelId: string;
  readonly state: "active" | "blocked";
};

/** The pixels whose check is due, the longest-waiting first. Marking them as checked gives each to one caller. */
export const takeUnchecked = (
  prisma: PrismaClient,
  { activeMs, blockedMs, limit, now }: CheckDue,
): Promise<UncheckedPixel[]> => {
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  return prisma.$queryRaw<UncheckedPixel[]>`
    -- every shop: the worker looks for pixels whose check is due
    update destination set checked_at = ${now}::timestamptz
    where id in (
      select destination.id from destination join shop on domain = destination.shop
      where uninstalled_at is null and sealed_token is not null and state in ('active', 'blocked')
        and (checked_at is null
          or checked_at <= case state when 'blocked' then ${ago(blockedMs)}::timestamptz else ${ago(activeMs)}::timestamptz end)
      order by checked_at nulls first
      limit ${limit}
      for update of destination skip locked
    )
    returning id, shop, pixel_id as "metaPixelId", state`;
};
