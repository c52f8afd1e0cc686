import fc from "fast-check";
import { parse, validate } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import { LIST_ORDERS } from "../../app/shopify/admin/admin-order-list.ts";
import { READ_ORDER } from "../../app/shopify/admin/admin-order-schema.ts";
import { READ_REFUNDS } from "../../app/shopify/admin/admin-refunds.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { FIND_ORDER } from "../../app/shopify/admin/find-order.ts";
import { dryRun } from "../../app/dry-run/dry-run.ts";
import { assumedProfile } from "../../app/dry-run/assumptions.ts";
import { readWholeOrder } from "../../app/shopify/admin/read-whole-order.ts";
import { parseOrder } from "../../app/shopify/orders/parse-order.ts";
import { eventsFromOrder } from "../../app/normalize/events-from-order.ts";
import { orderAtPayment } from "../../app/normalize/order-at-payment.ts";
import type { Order } from "../../app/shopify/types.ts";
import type { NewEvent } from "../../app/outbox/types.ts";
import { UNIT_COSTS } from "../../app/costs/cost-operations.server.ts";
import { settingsWith } from "../fixtures/orders/settings.ts";
import { adminSchema } from "../simulators/shopify/admin-graphql.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";

// The simulator's own shop; a literal of the right form.
const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const VARIANTS = ["4581920037713", "4581920037714", "4581920037721", "4581920037731", "4581920037732"];

let simulator: ShopifySimulator;
let admin: AdminGraphql;
beforeAll(async () => {
  simulator = await aShopifyOfItsOwn(SHOP);
  admin = await adminOf(simulator, SHOP);
});
afterAll(() => simulator.close());

test("the documents are valid in Shopify's own 2026-10 schema", () => {
  expect(
    [FIND_ORDER, LIST_ORDERS, READ_ORDER, READ_REFUNDS, UNIT_COSTS].flatMap((document) =>
      validate(adminSchema(), parse(document)),
    ),
  ).toEqual([]);
});

test("an order is found by the number that the merchant sees, and its dry run stores nothing", async () => {
  const profile = assumedProfile(JSON.stringify({ shop: SHOP, valueBasis: "total" }));
  if (!profile.ok) throw new Error(JSON.stringify(profile.problems));
  simulator.placeOrder(SHOP, { lines: [{ variantId: VARIANTS[0] ?? "", quantity: 1 }], country: "US" });
  const order = simulator.placeOrder(SHOP, { lines: [{ variantId: VARIANTS[1] ?? "", quantity: 3 }], country: "US" });
  const deps = {
    profile: () => Promise.resolve(profile.value),
    consentPolicy: () => Promise.resolve(null),
    admin: () => Promise.resolve(admin),
    knownCosts: () => Promise.resolve(new Map()),
    now: () => new Date(),
  };
  const run = (number: string) => dryRun(SHOP, { from: "shop", json: "", number, answer: "none" }, deps);
  const purchase = { event: "Purchase", state: "send", server: { custom_data: { order_id: order.id } } };
  const address = `https://admin.shopify.com/store/tandem-demo/orders/${order.id}?link_source=search`;
  for (const named of [`#${order.number}`, String(order.number), order.id, address]) {
    expect(await run(named), named).toMatchObject({ kind: "done", result: { events: [purchase] } });
  }
  expect(await run("#99999")).toMatchObject({ kind: "invalid", problems: [{ field: "number" }] });
});

test("an order read from the Admin API creates the same events as its webhook", async () => {
  const wish = fc.record({
    lines: fc.array(fc.record({ variantId: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    country: fc.constantFrom("DE", "US", "JP"),
    discountCode: fc.constantFrom(null, "SAVE10", "FIVEOFF"),
    source: fc.constantFrom("web" as const, "pos" as const, "shopify_draft_order" as const),
    financialStatus: fc.constantFrom("paid" as const, "pending" as const, "authorized" as const),
    email: fc.constantFrom(null, "ada@example.com"),
    isB2b: fc.boolean(),
    edited: fc.boolean(),
  });
  const anyRefund = fc.option(fc.integer({ min: 100, max: 4_000 }));
  const basis = fc.constantFrom("total" as const, "subtotal" as const, "subtotal_without_tax" as const);
  await fc.assert(
    fc.asyncProperty(wish, basis, anyRefund, async ({ edited, ...given }, valueBasis, refund) => {
      const order = simulator.placeOrder(SHOP, given);
      if (edited && given.lines.length > 1) simulator.removeLines(order, [{ position: 1, quantity: 1 }]);
      if (refund !== null) {
        simulator.refundOrder(order, { amount: refund, lines: [{ position: 0, quantity: 1 }] });
      }
      const webhook = simulator.webhooks.findLast(({ body }) =>
        body.includes(`"${`gid://shopify/Order/${order.id}`}"`),
      );
      const whole = await readWholeOrder(`gid://shopify/Order/${order.id}`, admin);
      if (whole.kind !== "read") throw new Error(JSON.stringify(whole));
      const orders = { ...DEFAULT_ORDER_SETTINGS, refundEvent: true, netRevenue: true };
      const settings = settingsWith({ shop: SHOP, valueBasis, purchaseTrigger: "placed", orders });
      const [sent, read] = [webhook?.body ?? "", whole.body].map((body) => {
        const parsed = parseOrder(body);
        if (!parsed.ok) throw new Error(parsed.problem.detail);
        const eventsOf = (order: Order) => eventsFromOrder(order, { shop: SHOP, settings }, LATER).map(comparable);
        const atPayment = PAYMENTS_S.map((at_s) => orderAtPayment(parsed.value, at_s)).map(eventsOf);
        return { isB2b: parsed.value.isB2b, events: eventsOf(parsed.value), atPayment };
      });
      expect(read?.events).toHaveLength(refund === null ? 1 : 2);
      // The Admin API tells neither the browser's user agent nor, of a visit, more than its last page.
      expect(read).toEqual(sent);
    }),
    { numRuns: 150 },
  );
});

// Beyond the times in the orders, which are made while the test runs.
const LATER = new Date(Date.now() + 3_600_000);
// Before everything that was taken off or given back, and after it.
const PAYMENTS_S = [0, LATER.getTime() / 1000];

function comparable(event: NewEvent) {
  const { user_data, event_source_url: _url, referrer_url: _referrer, ...body } = event.body;
  const { client_user_agent: _agent, ...person } = user_data;
  return { ...event, body, person };
}
