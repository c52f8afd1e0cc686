import { randomBytes } from "node:crypto";

import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";

const INGEST_KEY_BYTES = 18;

type Opening = { readonly savedBy: string; readonly at: Date };

/** Creates the shop with its first settings, or marks a returning shop as installed. Safe to repeat. */
export async function openShop(prisma: PrismaClient, shop: ShopDomain, { savedBy, at }: Opening): Promise<void> {
  await prisma.$transaction([
    prisma.$executeRaw`
      insert into shop (domain, ingest_key, installed_at) values (${shop}, ${newIngestKey()}, ${at}::timestamptz)
      on conflict (domain) do update set
        installed_at = case when shop.uninstalled_at is null then shop.installed_at else excluded.installed_at end,
        returned_at = case when shop.uninstalled_at is null then shop.returned_at else excluded.installed_at end,
        uninstalled_at = null`,
    firstSettings(prisma, shop, { savedBy, at }),
  ]);
}

/**
 * Opens the shop for a token that Shopify has just granted. The first token keeps the installation's start, because a
 * shop may get orders before its merchant opens the app. A token that replaces an ended session starts a new
 * installation, and Shopify kept nothing that the app published to the earlier one (decision 44).
 */
export async function beginInstallation(
  prisma: PrismaClient,
  shop: ShopDomain,
  { anew, savedBy, at }: Opening & { readonly anew: boolean },
): Promise<void> {
  await prisma.$transaction([
    prisma.$executeRaw`
      insert into shop (domain, ingest_key, installed_at, token_granted_at)
      values (${shop}, ${newIngestKey()}, ${at}::timestamptz, ${at}::timestamptz)
      on conflict (domain) do update set
        installed_at = case
          when shop.uninstalled_at is not null or (${anew} and shop.token_granted_at is not null)
          then excluded.installed_at else shop.installed_at end,
        uninstalled_at = null,
        returned_at = null,
        token_granted_at = excluded.token_granted_at,
        installation_doubt = null,
        web_pixel_id = case when ${anew} then null else shop.web_pixel_id end,
        published_version = case when ${anew} then 0 else shop.published_version end`,
    firstSettings(prisma, shop, { savedBy, at }),
  ]);
}

const newIngestKey = (): string => randomBytes(INGEST_KEY_BYTES).toString("base64url");

const firstSettings = (prisma: PrismaClient, shop: ShopDomain, { savedBy, at }: Opening) => prisma.$executeRaw`
  insert into settings (shop, version, saved_at, saved_by)
  select ${shop}, 1, ${at}::timestamptz, ${savedBy}
  where not exists (select 1 from settings where shop = ${shop})
  on conflict do nothing`;

export type Ending = {
  /** When it was uninstalled, by Shopify's clock if the webhook has a time. */
  readonly at: Date;
  /** The token of the installation that ends; undefined: whichever is current. */
  readonly tokenGrantedAt?: Date | null;
};

/**
 * Deletes tokens and sessions of an uninstalled shop. Its settings stay until Shopify requests erasure 48 hours later.
 * Returns false if another token has been granted meanwhile: that installation continues.
 */
export async function closeShop(
  prisma: PrismaClient,
  shop: ShopDomain,
  { at, tokenGrantedAt }: Ending,
): Promise<boolean> {
  const isThatOne =
    tokenGrantedAt === undefined
      ? Prisma.sql`true`
      : Prisma.sql`token_granted_at is not distinct from ${tokenGrantedAt}::timestamptz`;
  // A concurrent token grant waits for the shop's row, and its session is stored after that.
  const isClosed = Prisma.sql`exists (select from shop where domain = ${shop} and uninstalled_at is not null)`;
  const [closed] = await prisma.$transaction([
    // Shopify deletes the web pixel and the metafields when the app is uninstalled.
    prisma.$executeRaw`
      update shop set uninstalled_at = coalesce(uninstalled_at, ${at}::timestamptz), token_granted_at = null, returned_at = null,
        installation_doubt = null, web_pixel_id = null, published_version = 0, publish_problem = null
      where domain = ${shop} and ${isThatOne}`,
    prisma.$executeRaw`update destination set sealed_token = null where shop = ${shop} and ${isClosed}`,
    prisma.$executeRaw`delete from session where shop = ${shop} and ${isClosed}`,
  ]);
  return closed > 0;
}

// Children before parents; a test compares this list with the database's tables.
const TABLES_OF_A_SHOP = [
  "flow_message",
  "flow_workflow",
  "lead_stage",
  "lead",
  "api_key",
  "attempt",
  "delivery",
  "order_facts",
  "event",
  "storefront_event",
  // In this order: while one is deleted, housekeeping may move its rows to the other.
  "daily_figure_change",
  "daily_figure",
  "browser_context",
  "webhook_receipt",
  "quarantine",
  "data_request",
  "reconciliation",
  "consent_policy",
  "collector_refusal",
  "other_sender",
  "unit_cost",
  "unit_cost_reading",
  "session",
  "access_record",
  "change_record",
  "staff",
  "destination",
  "settings",
] as const;

/** Deletes every row that belongs to the shop, and writes the record of it, in one transaction. */
export async function deleteShop(
  prisma: PrismaClient,
  shop: ShopDomain,
  record: readonly Prisma.PrismaPromise<number>[],
): Promise<void> {
  await prisma.$transaction([
    ...record,
    prisma.$executeRaw`delete from storefront_queue where pixel in (select id from destination where shop = ${shop})`,
    ...TABLES_OF_A_SHOP.map((table) => prisma.$executeRaw`delete from ${Prisma.raw(table)} where shop = ${shop}`),
    prisma.$executeRaw`delete from shop where domain = ${shop}`,
  ]);
}
