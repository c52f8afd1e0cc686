import type { Prisma, PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Sealer } from "../database/sealing.server.ts";
import { createPixelStore, type PixelStore } from "./pixel-store.server.ts";
import { createInstallations, type Installations } from "./installations.server.ts";
import { createPublication, type Publication } from "./publication.server.ts";
import type { Seen, Superseded } from "./settings-clash.ts";
import { saveUnlessSuperseded, saveVersion } from "./settings-versions.server.ts";
import { closeShop, deleteShop, type Ending, openShop } from "./shop-lifecycle.server.ts";
import { createProfileCache, everyProfile } from "./shop-profiles.server.ts";
import type { Settings, ShopProfile } from "./types.ts";
import type { SettingsChange } from "./validate-settings.ts";

/** Facts from Shopify about a shop. `contentCountry` is only a first guess, until the merchant chooses. */
export type RecordedShop = {
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly plan: string;
  readonly contentCountry?: string | null;
};

/** Shops, their settings in versions, and their pixels. A database outage throws. */
export type SettingsStore = PixelStore &
  Installations &
  Publication & {
    /** One query, cached for two seconds; this process's own writes show at once. Null: never installed, or erased. */
    readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
    readonly profileByIngestKey: (key: string) => Promise<ShopProfile | null>;
    readonly list: () => Promise<ShopProfile[]>;
    readonly ensureShop: (shop: ShopDomain, savedBy: string) => Promise<ShopProfile>;
    /** Adds a version. The shop must exist. */
    readonly save: (shop: ShopDomain, change: SettingsChange, savedBy: string) => Promise<Settings>;
    /** The shop's own currency; null until Shopify has named it. */
    readonly currencyOf: (shop: ShopDomain) => Promise<string | null>;
    /** The same, unless it would undo choices of a version newer than the one its author saw. */
    readonly saveSeen: (
      shop: ShopDomain,
      change: SettingsChange,
      author: Seen & { readonly savedBy: string },
    ) => Promise<Settings | Superseded>;
    readonly recordShop: (shop: ShopDomain, facts: RecordedShop) => Promise<void>;
    /** The hosts of the shop's pages, as Shopify named them now. */
    readonly recordHosts: (shop: ShopDomain, hosts: readonly string[]) => Promise<void>;
    /** Safe to repeat. False if the current installation is not the one that ended. */
    readonly markUninstalled: (shop: ShopDomain, ending?: Partial<Ending>) => Promise<boolean>;
    /** Deletes everything of the shop, in every table. */
    readonly eraseShop: (shop: ShopDomain, record?: readonly Prisma.PrismaPromise<number>[]) => Promise<void>;
  };

// Marks versions that the app adds by itself, so that they do not look like a merchant's choice.
const BY_TANDEM = { pixels: "tandem: pixels changed", country: "tandem: country of the shop" } as const;

export function createSettingsStore(prisma: PrismaClient, deps: { sealer: Sealer; now: () => Date }): SettingsStore {
  const { sealer, now } = deps;
  const cache = createProfileCache(prisma, now);

  /** Drops the cached profile after the write, also after a failed one. */
  const writing = async <Result>(shop: ShopDomain, write: Promise<Result>): Promise<Result> => {
    try {
      return await write;
    } finally {
      cache.drop(shop);
    }
  };
  const save = (shop: ShopDomain, change: SettingsChange, savedBy: string): Promise<Settings> =>
    writing(shop, saveVersion(prisma, { shop, change, savedBy, at: now() }));

  const servedPixelsChanged = (shop: ShopDomain): Promise<Settings> => save(shop, {}, BY_TANDEM.pixels);

  return {
    ...createPixelStore(prisma, { sealer, now, writing, servedPixelsChanged }),
    ...createInstallations(prisma, { now, writing }),
    ...createPublication(prisma, now),
    profile: cache.profile,
    profileByIngestKey: cache.profileByIngestKey,
    list: () => everyProfile(prisma),
    save,
    saveSeen: (shop, change, author) =>
      writing(shop, saveUnlessSuperseded(prisma, { shop, change, at: now(), ...author })),

    ensureShop: async (shop, savedBy) => {
      await writing(shop, openShop(prisma, shop, { savedBy, at: now() }));
      const profile = await cache.profile(shop);
      if (profile === null) throw new Error(`${shop} was erased while it was being created.`);
      return profile;
    },

    currencyOf: async (shop) =>
      (await prisma.shop.findUnique({ where: { domain: shop }, select: { currency: true } }))?.currency ?? null,

    recordShop: async (shop, { contentCountry, ...facts }) => {
      await writing(shop, prisma.shop.updateMany({ where: { domain: shop }, data: facts }));
      if (contentCountry && (await isCountryOpen(prisma, shop, contentCountry))) {
        await save(shop, { contentCountry }, BY_TANDEM.country);
      }
    },

    recordHosts: async (shop, hosts) => {
      const data = { hosts: [...hosts], hostsReadAt: now() };
      await writing(shop, prisma.shop.updateMany({ where: { domain: shop }, data }));
    },

    markUninstalled: (shop, ending) => writing(shop, closeShop(prisma, shop, { at: now(), ...ending })),
    eraseShop: (shop, record = []) => writing(shop, deleteShop(prisma, shop, record)),
  };
}

/**
 * Whether the catalog's country is still the default that the merchant has not confirmed, and differs from this one.
 */
async function isCountryOpen(prisma: PrismaClient, shop: ShopDomain, country: string): Promise<boolean> {
  const select = { version: true, savedBy: true, contentCountry: true };
  const saved = await prisma.settings.findMany({ where: { shop }, select, orderBy: { version: "desc" } });
  const own = Object.values<string>(BY_TANDEM);
  const chosen = saved.some(({ version, savedBy }) => version > 1 && !own.includes(savedBy));
  return !chosen && saved[0] !== undefined && saved[0].contentCountry !== country;
}
