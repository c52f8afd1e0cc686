import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { shopDomain } from "../../app/event-contract/event-id.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { webhookPorts } from "../../app/server/run-app.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { dumpOf } from "../support/database-dump.ts";
import {
  ADA,
  ADAS_HASHES,
  adasBrokenOrder,
  adasOrder,
  adasPost,
  adasVisit,
  liveFully,
  TRACES_OF_ADA,
} from "../support/full-life.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";
import { recordedDeliveries, recordedEvents } from "../support/recorded.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

let meta: MetaSimulator;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
});
afterAll(() => meta.close());

/** Another customer's. */
const gracesOrder = (shop: string): string =>
  anOrderWebhook({
    ...{ shop, orderId: "770001", checkoutToken: "graces", source: "pos", placedAt: new Date().toISOString() },
    buyer: {
      ...{ customerId: "42", email: "grace@example.com", phone: null, firstName: "Grace", lastName: "Example" },
      ...{ city: "Austin", province: "Texas", provinceCode: "TX", zip: "73301", countryCode: "US" },
    },
  });

describe.each(["pglite", "postgresql"] as const)("on %s, customers/redact", (kind) => {
  let app: TestApp;
  beforeAll(async () => void (app = await startAppOn(kind, meta.httpUrl)));
  afterAll(() => app.close());

  let shop: string;
  beforeEach(async () => {
    shop = await app.connectedShop(PIXEL);
    await liveFully(app, shop);
    await aBlockedPixelHoldsAVisit();
    await app.opened.database.prisma.attempt.updateMany({ where: { shop }, data: { message: `not ${ADA.fbp}` } });
    expect(await traces()).not.toEqual([]);
  });

  /** Something that waits to be sent: the pixel's deliveries are held, with her in the event's body. */
  async function aBlockedPixelHoldsAVisit(): Promise<void> {
    await app.opened.database.prisma.pixel.updateMany({
      where: { shop },
      data: { state: "blocked", stateReason: "test" },
    });
    await app.collect(shop, adasVisit(shop, ADAS_HASHES, { id: "visit.held" }));
    const held = async () =>
      (await recordedDeliveries(app.opened.database, shop)).filter(({ state }) => state === "held").length;
    await expect.poll(held).toBeGreaterThan(0);
  }

  const redact = (changes: object = {}): Promise<Response> => {
    const { customerId: id, email, phone } = ADA;
    const payload = { shop_domain: shop, customer: { id: Number(id), email, phone }, orders_to_redact: [], ...changes };
    return postWebhook(app.url, JSON.stringify(payload), {
      shop,
      topic: "customers/redact",
      path: "/webhooks/compliance",
    });
  };

  /** What a dump of everything, every payload in quarantine and every file for a customer still says of her. */
  async function traces(): Promise<readonly string[]> {
    const { prisma } = app.opened.database;
    const payloads = await prisma.quarantine.findMany({ where: { shop } });
    const opened = payloads.map(({ sealedBody }) => app.opened.sealer.unseal(sealedBody));
    const files = await Promise.all(
      (await prisma.dataRequest.findMany({ where: { shop } })).map(({ requestId }) =>
        app.opened.privacy.dataRequests.download(app.domain(shop), requestId),
      ),
    );
    const lines = (await dumpOf(prisma)).filter((line) => line.includes(shop)).concat(opened, files.map(String));
    return lines.filter((line) => TRACES_OF_ADA.some((trace) => line.toLowerCase().includes(trace.toLowerCase())));
  }

  test.each([
    ["with her orders", { orders_to_redact: [Number(ADA.orderId), 880002] }],
    ["with no order at all", {}],
    ["by her e-mail alone", { customer: { email: "  Ada.Lovelace@Example.com " } }],
  ])("%s leaves nothing of her, in any schema, and everything of others", async (_how, changes) => {
    const order = gracesOrder(shop);
    await postWebhook(app.url, order, { shop });
    const others = () =>
      app.opened.database.prisma.event.findFirstOrThrow({ where: { shop, orderId: "770001" }, select: { body: true } });
    // Decided, and held with everybody else's.
    await expect
      .poll(() => app.eventsOf(shop))
      .toContainEqual(
        expect.objectContaining({ eventId: `purchase.${shop.split(".")[0] ?? ""}.770001`, state: "queued" }),
      );
    const graces = await others();

    expect((await redact(changes)).status).toBe(200);
    expect(await traces()).toEqual([]);
    expect(await others()).toEqual(graces);
    expect(
      await app.opened.database.prisma.delivery.findMany({ where: { shop, eventId: "visit.held" } }),
    ).toMatchObject([{ state: "refused", reason: "customer-redacted" }]);

    expect((await redact(changes)).status).toBe(200);
    expect(await traces()).toEqual([]);
    const digest = app.opened.tombstones.digestOfShop(shopDomain(shop) ?? expect.unreachable("a shop domain"));
    const records = await app.opened.database.prisma.complianceRecord.findMany({ where: { shopDigest: digest } });
    expect(records.map(({ kind, times }) => [kind, times])).toContainEqual(["customer-redacted", 2]);
  });

  test("refuses what comes later, by name: receipts, visits, webhooks, unreadable payloads", async () => {
    await redact({ orders_to_redact: [Number(ADA.orderId)] });
    const before = await app.opened.database.prisma.browserContext.count({ where: { shop } });

    const late = [
      await app.collect(shop, adasPost(shop, { orderId: ADA.orderId })),
      await app.collect(shop, adasPost(shop, { checkoutToken: ADA.checkoutToken })),
      await app.collect(shop, adasPost(shop, { orderId: ADA.orderId, checkoutToken: "another" })),
      await app.collect(shop, adasVisit(shop, ADAS_HASHES, { id: "visit.late" })),
      await app.collect(shop, adasVisit(shop, null, { id: "visit.nameless" })),
      await postWebhook(app.url, adasOrder(shop), { shop, topic: "orders/updated" }),
      await postWebhook(app.url, adasOrder(shop, { orderId: "880003", checkoutToken: "adas-third" }), { shop }),
      await postWebhook(app.url, adasOrder(shop, { financialStatus: "paid", orderId: "880002" }), { shop }),
      await postWebhook(app.url, adasBrokenOrder(), { shop }),
      await postWebhook(app.url, JSON.stringify({ admin_graphql_api_id: `gid://shopify/Order/${ADA.orderId}` }), {
        shop,
      }),
    ];

    expect(late.filter(({ status }) => status >= 400)).toEqual([]);
    expect(await traces()).toEqual([]);
    expect(await app.opened.database.prisma.browserContext.count({ where: { shop } })).toBe(before);
    expect(await app.opened.database.prisma.quarantine.count({ where: { shop } })).toBe(0);
    const refused = (await recordedEvents(app.opened.database, shop)).filter(
      ({ eventId, orderId }) => ["visit.late", "visit.nameless"].includes(eventId) || orderId === "880003",
    );
    expect(refused.map(({ state, reason }) => [state, reason])).toEqual(
      Array.from({ length: 3 }, () => ["withheld", "customer-redacted"]),
    );
  });

  test("counts late receipts as erased, and says of an unreadable payload that it was not kept", async () => {
    const { prisma } = app.opened.database;
    await redact({ orders_to_redact: [Number(ADA.orderId)] });
    for (const changes of [{ orderId: ADA.orderId }, { checkoutToken: ADA.checkoutToken }]) {
      expect((await app.collect(shop, adasPost(shop, changes))).status).toBe(204);
    }
    expect((await app.collect(shop, adasPost(shop, { checkoutToken: "graces" }))).status).toBe(204);
    await app.opened.refusals.flush();
    expect(await prisma.collectorRefusal.findMany({ where: { shop, reason: "erased" } })).toMatchObject([
      { posts: 2n },
    ]);

    const { acceptOrder, acceptAppWebhook } = webhookPorts(app.opened, createLogger({ level: "silent", name: "test" }));
    const webhook = { shop: app.domain(shop), webhookId: "late", apiVersion: "2026-10", triggeredAt: null };
    const of = (topic: string, body: string) => ({ ...webhook, topic, body });
    expect(await acceptOrder(of("orders/paid", adasBrokenOrder()))).toEqual({ kind: "erased" });
    expect(await acceptOrder(of("fulfillments/create", adasBrokenOrder()))).toEqual({ kind: "erased" });
    expect(await acceptAppWebhook(of("carts/create", adasBrokenOrder()))).toEqual({ kind: "erased" });
    expect(await acceptOrder(of("orders/paid", '{"id": "no-id"}'))).toMatchObject({ kind: "quarantined" });
  });
});
