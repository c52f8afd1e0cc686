import { randomUUID } from "node:crypto";
import type { PrismaClient } from "@prisma/client";
import type { Database } from "../../../app/database/db.server.ts";
import { fillOrders } from "./admin-orders.ts";
import { fillStorefront } from "./admin-storefront.ts";
import { seedShops } from "./database.ts";
import { pixelOf, shopName } from "./orders.ts";

/** The shop whose merchant opens the admin; the others only share its tables. */
export const MERCHANT = shopName(0);
const OTHERS = 4;
/** How much of the merchant's events each of the others has. */
const SMALLER = 1 / 40;

/** How many of each the merchant has, numbered from zero, the oldest first. */
export type FilledLedger = { readonly orders: number; readonly storefront: number };

/** Meta's numbers of the merchant's pixels. */
export const PIXELS = {
  /** Gets every event. */
  all: pixelOf(0),
  /** Gets every third event. */
  third: pixelOf(1_000),
  /** Paused, and never sent anything but the orders that it holds. */
  rare: pixelOf(1_001),
} as const;

/** One statement fills so many rows. */
const AT_ONCE = 50_000;

/**
 * A shop that has sold for thirteen months and was visited for as long as storefront events are kept: of five events one
 * is an order's. The others are in the same tables.
 */
export async function fillLedger(database: Database, count: number): Promise<FilledLedger> {
  const { prisma } = database;
  await seedShops(database, 1 + OTHERS);
  await makeReady(prisma);
  const orders = Math.ceil(count / 5);
  const storefront = count - orders;
  for (let index = 0; index <= OTHERS; index += 1) {
    const share = index === 0 ? 1 : SMALLER;
    await inParts(Math.ceil(orders * share), (part) => fillOrders(prisma, index, part));
    await inParts(Math.ceil(storefront * share), (part) => fillStorefront(prisma, index, part));
  }
  await prisma.$executeRaw`select setval('attempt_id_seq', 1000000000), setval('storefront_position', 1000000000)`;
  // What autovacuum would have done by now.
  await prisma.$executeRaw`vacuum (analyze)`;
  return { orders, storefront };
}

/** Numbers from `first` up to but not including `end`, of so many in all. */
export type Part = { readonly first: number; readonly end: number; readonly total: number };

async function inParts(total: number, fill: (part: Part) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < total; first += AT_ONCE) {
    await fill({ first, end: Math.min(total, first + AT_ONCE), total });
  }
}

async function makeReady(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`
    update shop set installed_at = now() - interval '400 days', timezone = 'Europe/Berlin', currency = 'EUR'`;
  await prisma.$executeRaw`
    insert into destination (id, shop, pixel_id, sealed_token, state, state_reason, token_accepted_at)
    select ${randomUUID()}::uuid, shop, ${PIXELS.third}, sealed_token, 'active', null, now() from destination
    where shop = ${MERCHANT}
    union all
    select ${randomUUID()}::uuid, shop, ${PIXELS.rare}, sealed_token, 'paused', null, now() from destination
    where shop = ${MERCHANT}`;
  await prisma.$executeRaw`
    select storefront_make_days((now() at time zone 'UTC')::date - 15, (now() at time zone 'UTC')::date + 1)`;
}
