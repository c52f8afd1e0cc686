import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { DEFAULT_ORDER_SETTINGS, type OrderRule } from "../../app/event-contract/order-settings.ts";
import { READ_ORDER } from "../../app/shopify/admin/admin-order-schema.ts";
import { reconcileOrders, type ReconcileDeps } from "../../app/jobs/reconcile-orders.ts";
import { createEventStore } from "../../app/outbox/event-store.server.ts";
import { createReconciliations } from "../../app/ledger/reconciliation.server.ts";
import type { ShopProfile } from "../../app/settings/types.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import type { OrderWish } from "../simulators/shopify/orders.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import type { Order } from "../simulators/shopify/types.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";

const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const MUG = "4581920037713";
const PROFILE: ShopProfile = {
  shop: SHOP,
  ingestKey: "key",
  installed: true,
  settings: settingsWith({ shop: SHOP }),
  pixels: [],
};

let simulator: ShopifySimulator;
let database: TestDatabase;
let admin: AdminGraphql;
let queries = 0;

beforeAll(async () => {
  [simulator, database] = await Promise.all([aShopifyOfItsOwn(SHOP), pgliteDatabase()]);
  const ask = await adminOf(simulator, SHOP);
  admin = (query, variables) => {
    queries += 1;
    return ask(query, variables);
  };
});
beforeEach(() => {
  queries = 0;
});
afterEach(async () => {
  simulator.shop(SHOP).adminForbidden = false;
  simulator.shop(SHOP).throttleNext = 0;
  simulator.shop(SHOP).orders.length = 0;
  await database.prisma.event.deleteMany();
  await database.prisma.reconciliation.deleteMany();
  await database.prisma.quarantine.deleteMany();
});
afterAll(async () => {
  await simulator.close();
  await database.close();
});

const place = (wish: Partial<OrderWish> = {}): Order =>
  simulator.placeOrder(SHOP, { lines: [{ variantId: MUG, quantity: 1 }], ...wish });

function deps(changes: Partial<ReconcileDeps> = {}): ReconcileDeps {
  const now = () => new Date();
  const store = createEventStore(database.prisma, { now });
  return {
    ...createReconciliations(database.prisma),
    profile: async () => PROFILE,
    installedAt: async () => new Date(Date.now() - 3_600_000),
    admin: async () => admin,
    add: store.add,
    sentData: async () => null,
    knownPurchase: store.knownPurchase,
    lookAgain: store.lookAgain,
    ...{ closeLead: async () => undefined, wake: () => undefined, pause: async () => undefined },
    now,
    ...changes,
  };
}
const run = (changes: Partial<ReconcileDeps> = {}, graceMs = 0) => reconcileOrders(SHOP, deps(changes), { graceMs });

describe("an order whose webhook never came", () => {
  test("is added once, marked as reconciled, and its report says why it was missing", async () => {
    const order = place();

    const report = await run();

    expect(report).toMatchObject({ orders: 1, missing: 1, problem: null });
    expect(report.found).toEqual([{ orderId: order.id, because: "webhook-never-came", outcome: "added" }]);
    expect(await database.prisma.event.findMany({ select: { eventId: true, origin: true, state: true } })).toEqual([
      { eventId: `purchase.tandem-demo.${order.id}`, origin: "reconciled", state: "joining" },
    ]);
    expect(await run()).toMatchObject({ missing: 0, found: [] });
  });

  test("is added with its later refunds, and as a company's order", async () => {
    const order = place({ isB2b: true });
    simulator.refundOrder(order, { amount: 500, lines: [{ position: 0, quantity: 1 }] });
    const orders = { ...DEFAULT_ORDER_SETTINGS, refundEvent: true };

    await run({ profile: async () => ({ ...PROFILE, settings: { ...PROFILE.settings, orders } }) });

    const events = await database.prisma.event.findMany({ select: { body: true }, orderBy: { eventName: "asc" } });
    expect(events.map(({ body }) => body)).toMatchObject([
      { event_name: "OrderRefunded", custom_data: { value: 5, currency: "EUR", order_id: order.id, num_items: 1 } },
      { event_name: "Purchase", custom_data: { value: 18.9, currency: "EUR", order_id: order.id } },
    ]);
    const rules: readonly OrderRule[] = [{ match: "channel", value: "b2b", action: "withhold" }];
    await database.prisma.event.deleteMany();
    await database.prisma.reconciliation.deleteMany();
    await run({
      profile: async () => ({ ...PROFILE, settings: { ...PROFILE.settings, orders: { ...orders, rules } } }),
    });
    expect(await database.prisma.event.findMany({ select: { reason: true } })).toEqual([
      { reason: "channel-withheld" },
    ]);
  });

  test("is added as a payment if its order was known as unpaid", async () => {
    const order = place({ financialStatus: "pending" });
    await run();
    simulator.markPaid(order);

    const report = await run();

    expect(report.found).toEqual([{ orderId: order.id, because: "payment-webhook-never-came", outcome: "advanced" }]);
    expect((await database.prisma.event.findFirstOrThrow()).state).toBe("joining");
  });

  test.each([true, false])(
    "and was paid on its twelfth day, counts from that day (seen unpaid: %s)",
    async (isSeen) => {
      const paidAt = new Date(Date.now() - 60_000);
      const placedAt = new Date(paidAt.getTime() - 12 * 86_400_000);
      const lines = [1, 2].map((quantity) => ({ variantId: MUG, quantity }));
      const order = place({ placedAt, payment: "bank-transfer", lines });
      const installedAt = async () => placedAt;
      if (isSeen) await run({ installedAt });
      simulator.removeLines(order, [{ position: 0, quantity: 1 }], placedAt);
      simulator.markPaid(order, paidAt);
      simulator.refundOrder(order, { amount: 500, lines: [{ position: 1, quantity: 1 }] });
      expect((await run({ installedAt })).found).toMatchObject([{ outcome: isSeen ? "advanced" : "added" }]);
      expect((await database.prisma.event.findFirstOrThrow()).body).toMatchObject({
        event_time: Math.floor(paidAt.getTime() / 1000),
        custom_data: { value: 37.8, num_items: 2 },
        original_event_data: { event_time: Math.floor(placedAt.getTime() / 1000), order_id: order.id },
      });
    },
  );

  test("because its payload is in quarantine, is distinguished", async () => {
    const order = place();
    await database.prisma.quarantine.create({
      data: { shop: SHOP, topic: "t", webhookId: "1", problem: "", detail: "", sealedBody: "", orderId: order.id },
    });
    expect((await run()).found).toMatchObject([{ because: "quarantined", outcome: "added" }]);
  });

  test("is left to its webhook while it is recent, and is never sent from before the installation", async () => {
    place();
    expect(await run({}, 60_000)).toMatchObject({ orders: 0, missing: 0 });
    const later = await run({ installedAt: async () => new Date(Date.now() + 60_000) });
    expect(later).toMatchObject({ orders: 1, beforeInstallation: 1, missing: 0 });
    expect(await database.prisma.event.count()).toBe(0);
  });

  test("is reported with the rule that withholds it", async () => {
    place({ test: true });
    await run();
    expect(await run()).toMatchObject({ missing: 0, withheld: { "test-order": 1 } });
  });

  test("is not added if Meta would refuse it for its age", async () => {
    place();
    const now = () => new Date(Date.now() + 7.5 * 86_400_000);
    // As if the last run had been a week ago.
    const state = async () => ({ watermark: new Date(), finishedAt: null, problem: null, report: null });
    const report = await run({ now, state, installedAt: async () => new Date(0) });
    expect(report.missing).toBe(0);
    expect(await database.prisma.event.count()).toBe(0);
  });
});

describe("an order that cannot be stored", () => {
  test("is reported as unreadable, and the orders after it are still added", async () => {
    const [bad, good] = [place(), place()];
    const { add } = deps();
    const report = await run({
      add: (event, webhook, also) =>
        add(event.orderId === bad.id ? { ...event, region: "D\u0000" } : event, webhook, also),
    });

    expect(report).toMatchObject({ missing: 2, problem: null });
    expect(report.found).toEqual([
      { orderId: bad.id, because: "webhook-never-came", outcome: "unreadable" },
      { orderId: good.id, because: "webhook-never-came", outcome: "added" },
    ]);
  });

  test("is added with unstorable characters in display fields replaced", async () => {
    const order = place({ attributes: { gift: "\u0000\ud83d" } });
    expect((await run()).found).toMatchObject([{ orderId: order.id, outcome: "added" }]);
  });
});

describe("when Shopify refuses to return orders", () => {
  test("the run waits for throttling", async () => {
    place();
    simulator.shop(SHOP).throttleNext = 3;
    const waits: number[] = [];
    const report = await run({ pause: async (ms) => void waits.push(ms) });
    expect(report).toMatchObject({ missing: 1, problem: null });
    expect(waits.length).toBe(3);
  });

  test("a 403 is the report's problem, and the next run continues from the same place", async () => {
    const order = place();
    simulator.shop(SHOP).adminForbidden = true;
    const { problem, message } = await run();
    expect(`${problem} ${message}`).toMatch(/^forbidden .*allowlist/);
    simulator.shop(SHOP).adminForbidden = false;
    expect((await run()).found).toMatchObject([{ orderId: order.id, outcome: "added" }]);
  });

  test("a shop that never opened the app is told to", async () => {
    expect(await run({ admin: async () => null })).toMatchObject({ problem: "no-access" });
  });

  test("after a crash the next run continues from the last page", async () => {
    for (let n = 0; n < 120; n += 1) place();
    let reads = 0;
    const dying = deps({
      admin: async () => async (query, variables) => {
        if (query === READ_ORDER && (reads += 1) > 110) throw new Error("killed");
        return admin(query, variables);
      },
    });
    await expect(reconcileOrders(SHOP, dying, { graceMs: 0 })).rejects.toThrow("killed");

    const report = await run();

    expect(report).toMatchObject({ problem: null, missing: 10 });
    expect(await database.prisma.event.count()).toBe(120);
  });

  test("a shop with nothing missing costs one request for each hundred orders", async () => {
    for (let n = 0; n < 101; n += 1) place();
    await run();
    queries = 0;
    await run();
    expect(queries).toBe(2);
  });
});
