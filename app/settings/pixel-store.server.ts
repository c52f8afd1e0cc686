import type { PrismaClient } from "@prisma/client";

import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { pixelTokenPurpose } from "../database/sealed-columns.ts";
import type { Sealer } from "../database/sealing.server.ts";
import { FilterFields } from "./shop-profiles.server.ts";
import { createPixelChecks, isStorablePixelId, type PixelChecks } from "./unchecked-pixels.server.ts";
import type { Pixel, PixelFilter, PixelId, PixelState } from "./types.ts";
import type { PixelCredentials } from "./validate-settings.ts";

/** The pixels of a shop and their tokens. Every query names the shop, so an ID alone gives no access. */
export type PixelStore = PixelChecks & {
  /** Connects a pixel or changes it. A token or test event code of null keeps the stored one. Active from then on, but for
   * one whose token Meta refuses and that keeps it. */
  readonly connect: (shop: ShopDomain, input: PixelCredentials) => Promise<Pixel>;
  /** False if the shop has no such pixel; `id` may be any text. */
  readonly setState: (
    shop: ShopDomain,
    id: PixelId,
    ...next: readonly [state: PixelState, reason: string | null]
  ) => Promise<boolean>;
  /** False if the shop has no such pixel with a test event code; `id` may be any text. */
  readonly removeTestCode: (shop: ShopDomain, id: PixelId) => Promise<boolean>;
  /** Blocks the pixel because Meta refused `token`; false if it is not active, or has another token by now. */
  readonly block: (shop: ShopDomain, id: PixelId, refused: { token: string; reason: string }) => Promise<boolean>;
  /** Limits which events the pixel gets; false if the shop has no such pixel. */
  readonly setFilter: (shop: ShopDomain, metaPixelId: string, filter: PixelFilter) => Promise<boolean>;
  /** Unblocks the pixel because Meta accepts `token`; false if it is not blocked, or has another token by now. */
  readonly unblock: (shop: ShopDomain, id: PixelId, token: string) => Promise<boolean>;
  /** Records that Meta accepts `token`, unless the pixel has another one by now. */
  readonly noteTokenAccepted: (shop: ShopDomain, id: PixelId, token: string) => Promise<void>;
  /** Deletes the pixel and its token; false if the shop has no such pixel. */
  readonly disconnect: (shop: ShopDomain, metaPixelId: string) => Promise<boolean>;
  /** Throws SealProblem if the token's key is missing. */
  readonly tokenOf: (shop: ShopDomain, id: PixelId) => Promise<string | null>;
};

type Deps = {
  readonly sealer: Sealer;
  readonly now: () => Date;
  /** Runs a write, and drops the shop's cached profile. */
  readonly writing: <Result>(shop: ShopDomain, write: Promise<Result>) => Promise<Result>;
  /** The list of pixels is published to the browser, so a changed list needs a new version of the settings. */
  readonly servedPixelsChanged: (shop: ShopDomain) => Promise<unknown>;
};

export function createPixelStore(
  prisma: PrismaClient,
  { sealer, now, writing, servedPixelsChanged }: Deps,
): PixelStore {
  const tokenSealer = (shop: ShopDomain, metaPixelId: string): Sealer =>
    sealer.bound(...pixelTokenPurpose(shop, metaPixelId));
  const changeState = (change: StateChange): Promise<boolean> => changeWhereToken(prisma, change, tokenSealer);

  return {
    ...createPixelChecks(prisma, now),

    connect: async (shop, { metaPixelId, token, testEventCode }) => {
      const served = await servedPixels(prisma, shop);
      const sealedToken = token === null ? null : tokenSealer(shop, metaPixelId).seal(token);
      const connected = { shop, metaPixelId, sealedToken, testEventCode, at: now() };
      const pixel = await writing(shop, upsert(prisma, connected));
      if (!served.includes(metaPixelId)) await servedPixelsChanged(shop);
      return pixel;
    },

    setState: async (shop, id, ...[state, stateReason]) => {
      if (!isStorablePixelId(id)) return false;
      const served = await servedPixels(prisma, shop);
      const change = prisma.pixel.updateMany({ where: { shop, id }, data: { state, stateReason } });
      const { count } = await writing(shop, change);
      if (served.length !== (await servedPixels(prisma, shop)).length) await servedPixelsChanged(shop);
      return count > 0;
    },

    removeTestCode: (shop, id) => writing(shop, removeTestCode(prisma, shop, id)),

    block: (shop, id, { token, reason }) =>
      writing(shop, changeState({ shop, id, token, from: "active", to: { state: "blocked", stateReason: reason } })),

    unblock: (shop, id, token) =>
      writing(shop, changeState({ shop, id, token, from: "blocked", to: { state: "active", stateReason: null } })),

    noteTokenAccepted: async (shop, id, token) =>
      void (await changeState({ shop, id, token, to: { tokenAcceptedAt: now() } })),

    setFilter: async (shop, metaPixelId, filter) => {
      const changed = await writing(shop, writeFilter(prisma, { shop, metaPixelId, ...filter }));
      if (changed > 0) await servedPixelsChanged(shop);
      return changed > 0;
    },

    disconnect: async (shop, metaPixelId) => {
      const { count } = await writing(shop, prisma.pixel.deleteMany({ where: { shop, metaPixelId } }));
      if (count > 0) await servedPixelsChanged(shop);
      return count > 0;
    },

    tokenOf: async (shop, id) => {
      const [row] = await prisma.$queryRaw<{ metaPixelId: string; sealedToken: string | null }[]>`${CACHED_PLAN}
        select pixel_id as "metaPixelId", sealed_token as "sealedToken" from destination
        where id = ${id}::uuid and shop = ${shop}`;
      return row?.sealedToken ? tokenSealer(shop, row.metaPixelId).unseal(row.sealedToken) : null;
    },
  };
}

async function removeTestCode(prisma: PrismaClient, shop: ShopDomain, id: PixelId): Promise<boolean> {
  if (!isStorablePixelId(id)) return false;
  const where = { shop, id, testEventCode: { not: null } };
  return (await prisma.pixel.updateMany({ where, data: { testEventCode: null } })).count > 0;
}

type Limited = PixelFilter & { readonly shop: ShopDomain; readonly metaPixelId: string };

function writeFilter(
  prisma: PrismaClient,
  { shop, metaPixelId, countries, channels, eventsOff }: Limited,
): Promise<number> {
  const [inCountries, inChannels, off] = [countries, channels, eventsOff].map((list) => list && JSON.stringify(list));
  return prisma.$executeRaw`
    update destination set countries = ${inCountries}::jsonb, channels = ${inChannels}::jsonb,
      events_off = ${off}::jsonb, updated_at = now()
    where shop = ${shop} and pixel_id = ${metaPixelId}`;
}

type StateChange = {
  readonly shop: ShopDomain;
  readonly id: PixelId;
  readonly token: string;
  /** Absent: whatever its state. */
  readonly from?: PixelState;
  readonly to: { readonly state: PixelState; readonly stateReason: string | null } | { readonly tokenAcceptedAt: Date };
};

/**
 * Changes nothing if the token is no longer the stored one, because Meta's answer about it is out of date. The same token
 * sealed anew (key-rotation.server.ts) is still the stored one.
 */
async function changeWhereToken(
  prisma: PrismaClient,
  { shop, id, token, from, to }: StateChange,
  sealerOf: (shop: ShopDomain, metaPixelId: string) => Sealer,
): Promise<boolean> {
  for (let last: string | null = null; ;) {
    const row = await prisma.pixel.findFirst({ where: { shop, id }, select: { metaPixelId: true, sealedToken: true } });
    if (!row?.sealedToken || row.sealedToken === last) return false;
    if (sealerOf(shop, row.metaPixelId).unseal(row.sealedToken) !== token) return false;
    const where = { shop, id, sealedToken: row.sealedToken, ...(from && { state: from }) };
    if ((await prisma.pixel.updateMany({ where, data: to })).count === 1) return true;
    last = row.sealedToken;
  }
}

type Connected = {
  readonly shop: ShopDomain;
  readonly metaPixelId: string;
  readonly sealedToken: string | null;
  readonly testEventCode: string | null;
  readonly at: Date;
};

async function upsert(prisma: PrismaClient, connected: Connected): Promise<Pixel> {
  const { shop, metaPixelId, sealedToken, testEventCode, at } = connected;
  const code = testEventCode === null ? {} : { testEventCode };
  const active = { state: "active", stateReason: null };
  // Without a new token the stored one stays, and with it Meta's refusal of it; so does the code. About a new token
  // nobody has asked Meta yet: the worker's next round does, unless somebody did before.
  const given =
    sealedToken === null
      ? code
      : { ...code, ...active, sealedToken, tokenStoredAt: at, tokenAcceptedAt: null, checkedAt: null };
  if (sealedToken === null) {
    await prisma.pixel.updateMany({ where: { shop, metaPixelId, state: "paused" }, data: active });
  }
  const row = await prisma.pixel.upsert({
    where: { shop_metaPixelId: { shop, metaPixelId } },
    create: { shop, metaPixelId, ...given },
    update: given,
  });
  const { id, stateReason } = row;
  // The column's type names no states.
  const state = row.state as PixelState;
  const hasToken = row.sealedToken !== null;
  return {
    ...{ id, shop, metaPixelId, hasToken, testEventCode: row.testEventCode, state, stateReason },
    ...FilterFields.parse(row),
  };
}

/**
 * The pixels with a browser leg: a paused one has no leg, a blocked one (an invalid token) lacks only the server leg.
 */
async function servedPixels(prisma: PrismaClient, shop: ShopDomain): Promise<string[]> {
  const rows = await prisma.pixel.findMany({
    where: { shop, state: { not: "paused" } },
    select: { metaPixelId: true },
  });
  return rows.map((row) => row.metaPixelId);
}
