import { type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { beginInstallation } from "./shop-lifecycle.server.ts";

/** A webhook that may be about an earlier installation; Shopify is queried before the app acts on it. */
export type InstallationDoubt = "uninstalled" | "redact";

export type DueCheck = {
  readonly shop: ShopDomain;
  readonly webPixelId: string | null;
  readonly doubt: InstallationDoubt | null;
  readonly tokenGrantedAt: Date | null;
};

export type Installation = {
  /** Orders from before this time are not reported. */
  readonly installedAt: Date;
  /** The newest token exchange; null until the merchant opens the app. */
  readonly tokenGrantedAt: Date | null;
};

/** The start and end of a shop's installations, and the current state at Shopify. */
export type Installations = {
  /**
   * Called after every token exchange, before the session is stored. `anew`: the stored session had ended, or none
   * existed.
   */
  readonly beginInstallation: (shop: ShopDomain, grant: { readonly anew: boolean }) => Promise<void>;
  /** Null for a shop that is not installed. */
  readonly installation: (shop: ShopDomain) => Promise<Installation | null>;
  readonly installedAt: (shop: ShopDomain) => Promise<Date | null>;
  readonly uninstalledAt: (shop: ShopDomain) => Promise<Date | null>;
  /** When a shop that had uninstalled was seen again; null once it has a token, and for any other shop. */
  readonly returnedAt: (shop: ShopDomain) => Promise<Date | null>;
  /** Marks the shop as installed again because it sent an order; no token has been granted yet. */
  readonly reopen: (shop: ShopDomain, at: Date) => Promise<void>;
  /** The next round of checks settles it. */
  readonly doubtInstallation: (shop: ShopDomain, doubt: InstallationDoubt) => Promise<void>;
  /** Called when the merchant opens the app: makes the shop's check due, unless it was checked recently. */
  readonly noteVisit: (shop: ShopDomain) => Promise<void>;
  /** Called for a page on a host that is not known: makes the shop's check due, which reads the hosts again. */
  readonly noteUnknownHost: (shop: ShopDomain) => Promise<void>;
  /** A page posted what only the theme embed posts. Writes at most once an hour. */
  readonly noteEmbedSeen: (shop: ShopDomain) => Promise<void>;
  /**
   * Marks shops as installed that count as uninstalled but hold a token: an uninstall deletes it, so it was granted
   * later.
   */
  readonly openGranted: () => Promise<readonly ShopDomain[]>;
  /** Shops whose check with Shopify is due; the next check is an hour later, or in the next round if in doubt. */
  readonly takeDueChecks: (limit: number) => Promise<readonly DueCheck[]>;
  /** Shopify confirmed the installation. `hasWebPixel`: it has the stored web pixel too. */
  readonly noteInstalled: (check: DueCheck, hasWebPixel: boolean) => Promise<void>;
  /** Shopify lacks the published web pixel or settings, so nothing counts as published. */
  readonly forgetPublication: (check: DueCheck) => Promise<void>;
};

type Deps = {
  readonly now: () => Date;
  readonly writing: <Result>(shop: ShopDomain, write: Promise<Result>) => Promise<Result>;
};

const HOUR_MS = 3_600_000;
const JUST_ASKED_MS = 5 * 60_000;

export const createInstallations = (prisma: PrismaClient, { now, writing }: Deps): Installations => ({
  beginInstallation: (shop, { anew }) =>
    writing(shop, beginInstallation(prisma, shop, { anew, savedBy: "installation", at: now() })),

  installation: (shop) => presentInstallation(prisma, shop),
  installedAt: async (shop) => (await presentInstallation(prisma, shop))?.installedAt ?? null,

  ...endOf(prisma),

  reopen: async (shop, at) => {
    const where = { domain: shop, uninstalledAt: { lt: at } };
    await writing(
      shop,
      prisma.shop.updateMany({ where, data: { uninstalledAt: null, installedAt: at, returnedAt: at } }),
    );
  },

  doubtInstallation: async (shop, installationDoubt) => {
    const data = { installationDoubt, installationCheckDueAt: null };
    await prisma.shop.updateMany({ where: { domain: shop, uninstalledAt: null }, data });
  },

  noteVisit: async (shop) => {
    const notSince = new Date(now().getTime() - JUST_ASKED_MS);
    const notJustSeen = { OR: [{ webPixelSeenAt: null }, { webPixelSeenAt: { lt: notSince } }] };
    await prisma.shop.updateMany({
      where: { domain: shop, webPixelId: { not: null }, installationCheckDueAt: { not: null }, ...notJustSeen },
      data: { installationCheckDueAt: null },
    });
  },

  noteUnknownHost: (shop) => noteUnknownHost(prisma, shop),

  noteEmbedSeen: (shop) => noteEmbedSeen(prisma, shop, now()),

  openGranted: async () => {
    const rows = await openGranted(prisma, now());
    return Promise.all(rows.map(({ domain }) => writing(domain, Promise.resolve(domain))));
  },

  takeDueChecks: (limit) => takeDueChecks(prisma, limit, now()),

  noteInstalled: async ({ shop, webPixelId, doubt }, hasWebPixel) => {
    await prisma.$transaction([
      ...(hasWebPixel
        ? [prisma.shop.updateMany({ where: { domain: shop, webPixelId }, data: { webPixelSeenAt: now() } })]
        : []),
      prisma.shop.updateMany({
        where: { domain: shop, installationDoubt: doubt },
        data: { installationDoubt: null },
      }),
    ]);
  },

  forgetPublication: async ({ shop, webPixelId }) => {
    const data = { webPixelId: null, webPixelSeenAt: null, publishedVersion: 0 };
    // Only if no other web pixel has been published meanwhile.
    await prisma.shop.updateMany({ where: { domain: shop, webPixelId }, data });
  },
});

/** The end of the shop's last installation, and its return. */
const endOf = (prisma: PrismaClient): Pick<Installations, "uninstalledAt" | "returnedAt"> => ({
  uninstalledAt: async (shop) => {
    const row = await prisma.shop.findUnique({ where: { domain: shop }, select: { uninstalledAt: true } });
    return row?.uninstalledAt ?? null;
  },

  returnedAt: async (shop) => {
    const row = await prisma.shop.findUnique({ where: { domain: shop }, select: { returnedAt: true } });
    return row?.returnedAt ?? null;
  },
});

const presentInstallation = (prisma: PrismaClient, shop: ShopDomain): Promise<Installation | null> =>
  prisma.shop.findUnique({
    where: { domain: shop, uninstalledAt: null },
    select: { installedAt: true, tokenGrantedAt: true },
  });

const openGranted = (prisma: PrismaClient, now: Date): Promise<{ domain: ShopDomain }[]> =>
  prisma.$queryRaw`
    -- every shop: the worker looks for those that are back
    update shop set uninstalled_at = null, installed_at = ${now}::timestamptz, token_granted_at = ${now}::timestamptz
    where uninstalled_at is not null
      and exists (select from session where session.shop = domain and "refreshToken" is not null)
    returning domain`;

/** Taking a shop is recorded, so that shops without an answer do not block the others. */
const takeDueChecks = (prisma: PrismaClient, limit: number, now: Date): Promise<DueCheck[]> =>
  prisma.$queryRaw<DueCheck[]>`
    -- every shop: the worker looks for those to be checked
    update shop set installation_check_due_at = ${new Date(now.getTime() + HOUR_MS)}::timestamptz
    where domain = any (array(
      select domain from shop
      where uninstalled_at is null
        and (installation_doubt is not null or (web_pixel_id is not null
          and (installation_check_due_at is null or installation_check_due_at <= ${now}::timestamptz)))
      order by installation_check_due_at nulls first, domain limit ${limit}
    ))
    returning domain as shop, web_pixel_id as "webPixelId", installation_doubt as doubt,
      token_granted_at as "tokenGrantedAt"`;

async function noteEmbedSeen(prisma: PrismaClient, shop: ShopDomain, now: Date): Promise<void> {
  const notJustSeen = { OR: [{ embedSeenAt: null }, { embedSeenAt: { lt: new Date(now.getTime() - HOUR_MS) } }] };
  await prisma.shop.updateMany({ where: { domain: shop, ...notJustSeen }, data: { embedSeenAt: now } });
}

async function noteUnknownHost(prisma: PrismaClient, shop: ShopDomain): Promise<void> {
  const where = { domain: shop, uninstalledAt: null, installationCheckDueAt: { not: null } };
  await prisma.shop.updateMany({ where, data: { installationCheckDueAt: null } });
}
