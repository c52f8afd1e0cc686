import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Sealer } from "../sealing.server.ts";
import { createDestinations } from "./destinations.server.ts";
import { saveVersion } from "./settings-versions.server.ts";
import { closeShop, deleteShop, openShop } from "./shop-lifecycle.server.ts";
import { createProfileCache, everyProfile } from "./shop-profiles.server.ts";
import type { Destination, DestinationId, DestinationState, Settings, ShopProfile } from "./types.ts";
import type { DestinationInput, SettingsChange } from "./validate-settings.ts";

/** What Shopify says of a shop. `contentCountry` is only a first guess, for a merchant who has not chosen yet. */
export type RecordedShop = {
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly plan: string;
  readonly contentCountry?: string | null;
};

/** What Shopify was last given; a version behind the newest settings means "not published yet". */
export type PublishState = {
  readonly publishedVersion: number;
  readonly webPixelId: string | null;
  readonly problem: string | null;
};

/** Shops, their settings in versions, and their pixels. A database outage throws. */
export type SettingsStore = {
  /** One query, kept for two seconds; this process's own writes show at once. Null: never seen, or erased. */
  profile(shop: ShopDomain): Promise<ShopProfile | null>;
  profileByIngestKey(key: string): Promise<ShopProfile | null>;
  list(): Promise<ShopProfile[]>;
  ensureShop(shop: ShopDomain, savedBy: string): Promise<ShopProfile>;
  /** Adds a version. The shop must exist. */
  save(shop: ShopDomain, change: SettingsChange, savedBy: string): Promise<Settings>;
  /** Connects a pixel or changes it, and makes it active. A token of null keeps the stored one. */
  connect(shop: ShopDomain, input: DestinationInput): Promise<Destination>;
  setState(shop: ShopDomain, id: DestinationId, state: DestinationState, reason: string | null): Promise<void>;
  /** Forgets the pixel and its token; false where the shop has no such pixel. */
  disconnect(shop: ShopDomain, pixelId: string): Promise<boolean>;
  /** Throws SealProblem where the token's key is gone. */
  tokenOf(shop: ShopDomain, id: DestinationId): Promise<string | null>;
  recordShop(shop: ShopDomain, facts: RecordedShop): Promise<void>;
  markPublished(shop: ShopDomain, version: number, webPixelId: string): Promise<void>;
  markPublishProblem(shop: ShopDomain, problem: string): Promise<void>;
  publishState(shop: ShopDomain): Promise<PublishState>;
  markUninstalled(shop: ShopDomain): Promise<void>;
  /** Everything of the shop, in every table. */
  eraseShop(shop: ShopDomain): Promise<void>;
};

// Versions that the app adds by itself, so that they are not taken for a merchant's choice.
const BY_TANDEM = { pixels: "tandem: pixels changed", country: "tandem: country of the shop" } as const;

export function createSettingsStore(prisma: PrismaClient, deps: { sealer: Sealer; now: () => Date }): SettingsStore {
  const { now } = deps;
  const cache = createProfileCache(prisma, now);
  const destinations = createDestinations(prisma, deps.sealer);

  /** Drops the kept profile after the write, also after one that failed half-way. */
  const writing = async <Result>(shop: ShopDomain, write: Promise<Result>): Promise<Result> => {
    try {
      return await write;
    } finally {
      cache.drop(shop);
    }
  };

  const save = (shop: ShopDomain, change: SettingsChange, savedBy: string): Promise<Settings> =>
    writing(shop, saveVersion(prisma, { shop, change, savedBy, at: now() }));

  // The browser is told which pixels to serve: a changed list is a new version, so that "published" stays a fact.
  const pixelsChanged = (shop: ShopDomain): Promise<Settings> => save(shop, {}, BY_TANDEM.pixels);

  return {
    profile: cache.profile,
    profileByIngestKey: cache.profileByIngestKey,
    list: () => everyProfile(prisma),
    save,

    ensureShop: async (shop, savedBy) => {
      await writing(shop, openShop(prisma, shop, { savedBy, at: now() }));
      const profile = await cache.profile(shop);
      if (profile === null) throw new Error(`${shop} was erased while it was being made.`);
      return profile;
    },

    connect: async (shop, input) => {
      const served = await servedPixels(prisma, shop);
      const destination = await writing(shop, destinations.connect(shop, input));
      if (!served.includes(input.pixelId)) await pixelsChanged(shop);
      return destination;
    },

    setState: async (shop, id, state, reason) => {
      const served = await servedPixels(prisma, shop);
      await writing(shop, destinations.setState(shop, id, { state, reason }));
      if (served.length !== (await servedPixels(prisma, shop)).length) await pixelsChanged(shop);
    },

    disconnect: async (shop, pixelId) => {
      const existed = await writing(shop, destinations.disconnect(shop, pixelId));
      if (existed) await pixelsChanged(shop);
      return existed;
    },

    tokenOf: destinations.tokenOf,

    recordShop: async (shop, { contentCountry, ...facts }) => {
      await prisma.shop.updateMany({ where: { domain: shop }, data: facts });
      if (contentCountry && (await countryIsOpen(prisma, shop, contentCountry))) {
        await save(shop, { contentCountry }, BY_TANDEM.country);
      }
    },

    markPublished: async (shop, publishedVersion, webPixelId) => {
      await prisma.shop.updateMany({ where: { domain: shop }, data: { publishedVersion, webPixelId, publishProblem: null } });
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

    markUninstalled: (shop) => writing(shop, closeShop(prisma, shop, now())),
    eraseShop: (shop) => writing(shop, deleteShop(prisma, shop)),
  };
}

/** The pixels whose browser leg runs: a paused one is silent on both sides, a blocked one (a dead token) only on the server's. */
async function servedPixels(prisma: PrismaClient, shop: ShopDomain): Promise<string[]> {
  const rows = await prisma.destination.findMany({ where: { shop, state: { not: "paused" } }, select: { pixelId: true } });
  return rows.map((row) => row.pixelId);
}

/** Whether the catalogue's country is still a default that nobody has looked at, and another one than this. */
async function countryIsOpen(prisma: PrismaClient, shop: ShopDomain, country: string): Promise<boolean> {
  const saved = await prisma.settings.findMany({
    where: { shop },
    select: { version: true, savedBy: true, contentCountry: true },
    orderBy: { version: "desc" },
  });
  const chosen = saved.some(({ version, savedBy }) => version > 1 && !Object.values<string>(BY_TANDEM).includes(savedBy));
  return !chosen && saved[0] !== undefined && saved[0].contentCountry !== country;
}
