import { randomBytes } from "node:crypto";

import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";

const INGEST_KEY_BYTES = 18;

/** Creates the shop with its first settings, or marks a returning shop as installed. Safe to repeat. */
export async function openShop(
  prisma: PrismaClient,
  shop: ShopDomain,
  by: { savedBy: string; at: Date },
): Promise<void> {
  const ingestKey = randomBytes(INGEST_KEY_BYTES).toString("base64url");
  await prisma.$transaction([
    prisma.$executeRaw`
      insert into shop (domain, ingest_key, installed_at) values (${shop}, ${ingestKey}, ${by.at}::timestamptz)
      on conflict (domain) do update set
        installed_at = case when shop.uninstalled_at is null then shop.installed_at else excluded.installed_at end,
        uninstalled_at = null`,
    prisma.$executeRaw`
      insert into settings (shop, version, saved_at, saved_by)
      select ${shop}, 1, ${by.at}::timestamptz, ${by.savedBy}
      where not exists (select 1 from settings where shop = ${shop})
      on conflict do nothing`,
  ]);
}

/**
 * Deletes tokens and sessions of an uninstalled shop. Its settings stay until Shopify requests erasure 48 hours later.
 */
export async function closeShop(prisma: PrismaClient, shop: ShopDomain, at: Date): Promise<void> {
  await prisma.$transaction([
    prisma.shop.updateMany({ where: { domain: shop, uninstalledAt: null }, data: { uninstalledAt: at } }),
    // Shopify deletes the web pixel and the metafields when the app is uninstalled.
    prisma.shop.updateMany({
      where: { domain: shop },
      data: { webPixelId: null, publishedVersion: 0, publishProblem: null },
    }),
    prisma.destination.updateMany({ where: { shop }, data: { sealedToken: null } }),
    prisma.session.deleteMany({ where: { shop } }),
  ]);
}

// Children before parents; a test compares this list with the database's tables.
const TABLES_OF_A_SHOP = [
  "attempt",
  "delivery",
  "event",
  "browser_context",
  "webhook_receipt",
  "quarantine",
  "reconciliation",
  "consent_policy",
  "collector_refusal",
  "other_sender",
  "unit_cost",
  "unit_cost_reading",
  "session",
  "destination",
  "settings",
] as const;

/** Deletes every row that belongs to the shop, in one transaction. */
export async function deleteShop(prisma: PrismaClient, shop: ShopDomain): Promise<void> {
  await prisma.$transaction([
    ...TABLES_OF_A_SHOP.map((table) => prisma.$executeRaw`delete from ${Prisma.raw(table)} where shop = ${shop}`),
    prisma.$executeRaw`delete from shop where domain = ${shop}`,
  ]);
}
