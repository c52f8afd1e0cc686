import { randomUUID } from "node:crypto";

import { createSealer } from "../../../app/database/sealing.server.ts";
import type { Database } from "../../../app/database/db.server.ts";
import { rehearseSettings, type RehearseDeps } from "../../../app/dry-run/rehearse-settings.ts";
import { type ShopDomain, shopDomain } from "../../../app/event-contract/event-id.ts";
import { countUnrecorded, readRecordedOrders } from "../../../app/outbox/order-facts.server.ts";
import { settingsWith } from "../../../app/settings/setting-differences.ts";
import { createSettingsStore } from "../../../app/settings/settings-store.server.ts";
import { sellersOf } from "../../support/seller-scene.ts";
import { type DatabaseKind, freshDatabase } from "./database.ts";
import { atMost, type Bench, figuresOf, medianOf, repeated, type Section } from "./section.ts";

const KEYS = ["ms", "databaseMs", "longestPageMs"] as const;
const AT_ONCE = 50;
// As many as a rehearsal reads.
const ORDERS = 5_000;

/** What a merchant waits for before a save: the orders of the last days become events under two settings. */
export const rehearsalSection: Section = async (bench) => {
  const orders = bench.count(ORDERS, 500);
  const faults: string[] = [];
  const rows = [];
  for (const kind of ["pglite", "postgresql"] as const) {
    bench.say(`rehearsal: ${orders} orders on ${kind}`);
    const results = await onDatabase(kind, bench, orders);
    if (results.some((result) => result.orders !== orders)) faults.push(`${kind}: not every order was rehearsed`);
    rows.push({ name: kind, figures: figuresOf(results, KEYS) });
  }
  return {
    title: `rehearsal: ${orders} orders under two settings`,
    columns: [
      { key: "ms", title: "ms", digits: 0 },
      { key: "databaseMs", title: "of it database ms", digits: 0 },
      { key: "longestPageMs", title: "longest page ms", digits: 0 },
    ],
    rows,
    targets: {
      "rehearsal.pglite": atMost(1_000, medianOf(rows, 0, "ms"), `ms for ${orders} orders`),
      "rehearsal.postgresql": atMost(1_000, medianOf(rows, 1, "ms"), `ms for ${orders} orders`),
    },
    faults,
    notes: ["On PGlite the database runs in the app's own process: while a page is read, the app does nothing else."],
  };
};

async function onDatabase(kind: DatabaseKind, { runs }: Bench, orders: number) {
  const fresh = await freshDatabase(kind);
  const results = await fresh.use(async (database) => {
    const shop = await seeded(database, orders);
    return repeated(runs, () => rehearsed(database, shop));
  });
  await fresh.drop();
  return results;
}

const storeOn = ({ prisma }: Database) =>
  createSettingsStore(prisma, { sealer: createSealer([{ id: "k", key: Buffer.alloc(32, 1) }]), now: () => new Date() });

async function seeded(database: Database, orders: number): Promise<ShopDomain> {
  const aShop = (): ShopDomain => {
    const shop = shopDomain(`bench-${randomUUID()}.myshopify.com`);
    if (shop === null) throw new Error("not a shop domain");
    return shop;
  };
  const store = () => storeOn(database);
  const { aSeller, anOrder, sold } = sellersOf({
    database: { ...database, url: undefined },
    clock: new Date(),
    store,
    aShop,
  });
  const seller = await aSeller();
  for (let first = 1; first <= orders; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, orders - first + 1) }, (_, n) => first + n);
    await Promise.all(numbers.map((n) => sold(seller, anOrder(String(n)))));
  }
  return seller.shop;
}

async function rehearsed(database: Database, shop: ShopDomain) {
  const { prisma } = database;
  const pages: number[] = [];
  const timed = async <Result>(work: Promise<Result>): Promise<Result> => {
    const began = performance.now();
    const result = await work;
    pages.push(performance.now() - began);
    return result;
  };
  const store = storeOn(database);
  const deps: RehearseDeps = {
    profile: async () => {
      const profile = await store.profile(shop);
      if (profile === null) throw new Error("the shop has no settings");
      return profile;
    },
    consentPolicy: async () => null,
    recordedOrders: (page) => timed(readRecordedOrders(prisma, page)),
    countUnrecorded: (of) => timed(countUnrecorded(prisma, of)),
    now: () => new Date(),
  };
  const began = performance.now();
  const { orders } = await rehearseSettings(shop, (inForce) => settingsWith(inForce, { valueBasis: "total" }), deps);
  const ms = performance.now() - began;
  return { orders, ms, databaseMs: pages.reduce((sum, page) => sum + page, 0), longestPageMs: Math.max(...pages) };
}
