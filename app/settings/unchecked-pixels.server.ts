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

/** The database refuses to compare an ID with anything but a UUID. */
export const isStorablePixelId = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** Checks with Meta of the pixels' tokens: whose turn it is, and which a merchant waits for. */
export type PixelChecks = {
  /** Pixels with a token, of installed shops, whose check is due. Marks them as checked, so each goes to one caller. */
  readonly takeUnchecked: (due: CheckDue) => Promise<UncheckedPixel[]>;
  /**
   * Every page shows the pixel as being checked, until this check ends or is too old to be still under way. Null if the
   * shop has no such pixel with a token; `id` may be any text.
   */
  readonly startCheck: (shop: ShopDomain, id: PixelId) => Promise<StartedCheck | null>;
  /** Leaves a check that was started later as it is. `answered`: by Meta. */
  readonly endCheck: (check: StartedCheck, answered: boolean) => Promise<void>;
};

export const createPixelChecks = (prisma: PrismaClient, now: () => Date): PixelChecks => ({
  takeUnchecked: (due) => takeUnchecked(prisma, due),
  startCheck: async (shop, id) => (isStorablePixelId(id) ? startCheck(prisma, shop, id) : null),
  endCheck: (check, answered) => endCheck(prisma, { check, answeredAt: answered ? now() : null }),
});

/** The pixels whose check is due, the longest-waiting first. Marking them as checked gives each to one caller. */
const takeUnchecked = (
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

/** A check that a merchant asked for, and the pixel that it is about. */
export type StartedCheck = {
  readonly shop: ShopDomain;
  readonly id: PixelId;
  readonly metaPixelId: string;
  readonly since: Date;
};

/** Shown on every page of the shop (setup-facts.server.ts). Null: the shop has no such pixel with a token. */
async function startCheck(prisma: PrismaClient, shop: ShopDomain, id: PixelId): Promise<StartedCheck | null> {
  const [started] = await prisma.$queryRaw<StartedCheck[]>`
    update destination set checking_since = clock_timestamp()
    where id = ${id}::uuid and shop = ${shop} and sealed_token is not null
    returning shop, id, pixel_id as "metaPixelId", checking_since as since`;
  return started ?? null;
}

type EndedCheck = {
  readonly check: StartedCheck;
  /** Null: Meta did not answer, so the worker asks in its next round. */
  readonly answeredAt: Date | null;
};

/** The newest check of several decides when the pixel is no longer being checked. */
async function endCheck(prisma: PrismaClient, { check, answeredAt }: EndedCheck): Promise<void> {
  await prisma.$executeRaw`
    update destination
    set checking_since = null, checked_at = coalesce(${answeredAt}::timestamptz, checked_at)
    where id = ${check.id}::uuid and shop = ${check.shop} and checking_since = ${check.since}::timestamptz`;
}
