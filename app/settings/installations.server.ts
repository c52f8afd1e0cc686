import { type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { beginInstallation } from "./shop-lifecycle.server.ts";

/** What a webhook asks for that may be about an installation which is over; Shopify's word decides. */
export type InstallationDoubt = "uninstalled" | "redact";

export type DueCheck = {
  readonly shop: ShopDomain;
  readonly webPixelId: string | null;
  readonly doubt: InstallationDoubt | null;
  readonly tokenGrantedAt: Date | null;
};

export type Installation = {
  /** Its beginning: what was sold before is not ours to report. */
  readonly installedAt: Date;
  /** The newest token exchange; null until the merchant opens the app. */
  readonly tokenGrantedAt: Date | null;
};

/** When a shop's installations begin and end, and what Shopify says of the present one. */
export type Installations = {
  /** After every token exchange, before the session is stored. `anew`: the stored session had ended, or there was none. */
  readonly beginInstallation: (shop: ShopDomain, grant: { readonly anew: boolean }) => Promise<void>;
  /** Null for a shop that is not installed. */
  readonly installation: (shop: ShopDomain) => Promise<Installation | null>;
  readonly installedAt: (shop: ShopDomain) => Promise<Date | null>;
  readonly uninstalledAt: (shop: ShopDomain) => Promise<Date | null>;
  /** Installed again, seen by what the shop sold; no token has been granted yet. */
  readonly reopen: (shop: ShopDomain, at: Date) => Promise<void>;
  /** To be settled by the next round of checks. */
  readonly doubtInstallation: (shop: ShopDomain, doubt: InstallationDoubt) => Promise<void>;
  /** The merchant is here: what the setup guide claims is asked of Shopify anew, unless it just was. */
  readonly noteVisit: (shop: ShopDomain) => Promise<void>;
  /** Opens shops that count as uninstalled and hold a token: an end deletes it, so it was granted after that. */
  readonly openGranted: () => Promise<readonly ShopDomain[]>;
  /** Shops of which Shopify is to be asked; each is due again an hour later, one in doubt with the next round. */
  readonly takeDueChecks: (limit: number) => Promise<readonly DueCheck[]>;
  /** Shopify answered for the app in this shop: it is installed. `hasWebPixel`: with the pixel that is remembered. */
  readonly noteInstalled: (check: DueCheck, hasWebPixel: boolean) => Promise<void>;
  /** Shopify does not have what it was given: nothing counts as published. */
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

  uninstalledAt: async (shop) => {
    const row = await prisma.shop.findUnique({ where: { domain: shop }, select: { uninstalledAt: true } });
    return row?.uninstalledAt ?? null;
  },

  reopen: async (shop, at) => {
    const where = { domain: shop, uninstalledAt: { lt: at } };
    await writing(shop, prisma.shop.updateMany({ where, data: { uninstalledAt: null, installedAt: at } }));
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
    // Another pixel has been published meanwhile: that one stands.
    await prisma.shop.updateMany({ where: { domain: shop, webPixelId }, data });
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

/** Being given out is written down, so that shops of which Shopify says nothing do not keep the others out. */
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
