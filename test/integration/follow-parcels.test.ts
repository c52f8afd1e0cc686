import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { followParcels, type FollowParcelsDeps } from "../../app/jobs/follow-parcels.ts";
import { reconcileOrders, type ReconcileDeps } from "../../app/jobs/reconcile-orders.ts";
import { createReconciliations } from "../../app/ledger/reconciliation.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createEventStore } from "../../app/outbox/event-store.server.ts";
import type { Settings } from "../../app/settings/types.ts";
import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import type { Order } from "../simulators/shopify/types.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";

// The simulator's own shop; a literal of the right form.
const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let simulator: ShopifySimulator;
let database: TestDatabase;
let admin: AdminGraphql;
let clock = Date.now();

beforeAll(async () => {
  [simulator, database] = await Promise.all([aShopifyOfItsOwn(SHOP), pgliteDatabase()]);
  admin = await adminOf(simulator, SHOP);
});
afterEach(async () => {
  simulator.shop(SHOP).orders.length = 0;
  await database.prisma.event.deleteMany();
  await database.prisma.reconciliation.deleteMany();
  clock = Date.now();
});
afterAll(async () => {
  await simulator.close();
  await database.close();
});

function deps(settings: Partial<Settings>): ReconcileDeps & FollowParcelsDeps {
  const now = () => new Date(clock);
  const store = createEventStore(database.prisma, { now });
  return {
    ...createReconciliations(database.prisma),
    profile: async () => ({
      shop: SHOP,
      ingestKey: "key",
      installed: true,
      settings: settingsWith({ shop: SHOP, ...settings }),
      pixels: [],
    }),
    installedAt: async () => new Date(clock - 30 * DAY),
    admin: async () => admin,
    add: store.add,
    sentData: async () => null,
    knownPurchase: store.knownPurchase,
    lookAgain: store.lookAgain,
    takeLooks: store.takeLooks,
    closeLead: () => Promise.resolve(),
    wake: () => undefined,
    pause: async () => undefined,
    log: createLogger({ level: "silent", name: "test" }),
    now,
  };
}

const FULFILLED: Partial<Settings> = { purchaseTrigger: "fulfilled" };
const before = (ms: number): Date => new Date(Math.floor((clock - ms) / 1000) * 1000);
function place(): Order {
  const placedAt = before(5 * DAY);
  const order = simulator.placeOrder(SHOP, { lines: [{ variantId: "4581920037713", quantity: 1 }], placedAt });
  order.updatedAt = placedAt;
  return order;
}
const compare = (settings: Partial<Settings>) => reconcileOrders(SHOP, deps(settings), { graceMs: 0 });
const inLedger = () =>
  database.prisma.event.findMany({ select: { eventTime: true, state: true, reason: true, lookAt: true } });

describe("an order in transit", () => {
  test("is read again, and counts from its delivery without a webhook", async () => {
    const order = place();
    await compare(FULFILLED);
    simulator.fulfillOrder(order, { tracking: "JD014600003", at: before(4 * DAY) });
    simulator.trackParcel(order, "in_transit", before(3 * DAY));
    order.updatedAt = before(0);
    const report = await compare(FULFILLED);
    expect(report.found).toEqual([]);
    expect(await inLedger()).toMatchObject([
      { state: "waiting-for-payment", reason: "waiting-for-fulfillment", lookAt: new Date(clock + 6 * HOUR) },
    ]);

    const deliveredAt = before(HOUR);
    simulator.trackParcel(order, "delivered", deliveredAt);
    await followParcels(deps(FULFILLED));
    expect(await inLedger()).toMatchObject([{ state: "waiting-for-payment" }]);
    clock += 6 * HOUR;
    await followParcels(deps(FULFILLED));
    expect(await inLedger()).toMatchObject([{ state: "joining", eventTime: deliveredAt }]);
  });

  test("counts from when it was sent, after three days without a carrier report", async () => {
    const order = place();
    const sentAt = before(DAY);
    simulator.fulfillOrder(order, { tracking: "X1", at: sentAt });
    await compare(FULFILLED);
    expect(await inLedger()).toMatchObject([{ state: "waiting-for-payment", reason: "waiting-for-fulfillment" }]);
    for (let looks = 0; looks < 7; looks++) {
      clock += 6 * HOUR;
      await followParcels(deps(FULFILLED));
      expect(await inLedger()).toMatchObject([{ state: "waiting-for-payment" }]);
    }
    clock += 6 * HOUR;
    await followParcels(deps(FULFILLED));
    expect(await inLedger()).toMatchObject([{ state: "joining", eventTime: sentAt }]);
  });
});

test.each([
  ["fulfilled", FULFILLED, (order: Order, at: Date) => simulator.fulfillOrder(order, { at })],
  [
    "tagged",
    { purchaseTrigger: "tagged", orders: { ...DEFAULT_ORDER_SETTINGS, triggerTag: "real" } } as const,
    (order: Order, at: Date) => simulator.tagOrder(order, "Real", at),
  ],
])("an order that was %s without a webhook is found by the comparison, with its time", async (_how, settings, met) => {
  const order = place();
  await compare(settings);
  const at = before(2 * DAY);
  met(order, at);
  await database.prisma.reconciliation.deleteMany();
  const { found, missing } = await compare(settings);
  expect(missing).toBe(1);
  expect(found).toEqual([{ orderId: order.id, because: "trigger-webhook-never-came", outcome: "advanced" }]);
  expect(await inLedger()).toMatchObject([{ state: "joining", eventTime: at }]);
});
