import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Database } from "../../app/database/db.server.ts";
import { orderId, type OrderId, type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { answerCompliance } from "../../app/privacy/answer-compliance.ts";
import { openTombstones, type Tombstones } from "../../app/privacy/tombstones.server.ts";
import { createSealer } from "../../app/database/sealing.server.ts";
import { customerPrivacy } from "../../app/server/customer-privacy.server.ts";
import { pgliteDatabase } from "../support/databases.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const PIXEL_ID = "7b0f5a0e-5d6e-4a50-9c57-0a2b6c1f1d11";
const NOBODY = { customerId: null, email: null, phone: null };
const sealer = createSealer([{ id: "k", key: Buffer.alloc(32, 7) }]);
let database: Database;
let tombstones: Tombstones;

beforeAll(async () => {
  database = await pgliteDatabase();
  tombstones = await openTombstones(database.prisma, { sealer, now: () => NOW });
});
afterAll(() => database.close());

function shopNamed(name: string): ShopDomain {
  const shop = shopDomain(`${name}.myshopify.com`);
  if (shop === null) throw new Error("not a shop domain");
  return shop;
}

function order(digits: string): OrderId {
  const id = orderId(digits);
  if (id === null) throw new Error("not an order id");
  return id;
}

type Given = { shop: ShopDomain; id: string; state: string; deliveries?: readonly string[] };

async function anEvent({ shop, id, state, deliveries = [] }: Given): Promise<void> {
  const key = { shop, eventName: "Purchase", eventId: `purchase.x.${id}`, eventTime: NOW };
  await database.prisma.event.create({
    data: {
      ...key,
      origin: "webhook",
      settingsVersion: 1,
      state,
      orderId: id,
      checkoutToken: `token-${id}`,
      ...(state === "joining" && { decideAt: NOW }),
      body: {
        event_name: "Purchase",
        user_data: { em: ["hash"], client_ip_address: "203.0.113.7" },
        custom_data: { value: 1 },
        event_source_url: "https://x.myshopify.com/",
      },
    },
  });
  for (const [index, deliveryState] of deliveries.entries()) {
    const pixelId = PIXEL_ID.slice(0, -1) + String(index);
    await database.prisma.delivery.create({ data: { ...key, pixelId, state: deliveryState } });
  }
  await database.prisma.browserContext.create({
    data: { shop, checkoutToken: `token-${id}`, receipt: { ip: "203.0.113.7" } },
  });
}

const eventOf = (shop: ShopDomain, id: string) =>
  database.prisma.event.findFirstOrThrow({ where: { shop, orderId: id } });

function deps() {
  const noted: unknown[] = [];
  const erased: ShopDomain[] = [];
  return {
    noted,
    erased,
    ...customerPrivacy({ prisma: database.prisma, sealer, tombstones, now: () => NOW }),
    eraseShop: async (shop: ShopDomain) => void erased.push(shop),
    note: (...fact: unknown[]) => void noted.push(fact),
  };
}

describe("customers/redact", () => {
  test("removes the personal data from the named orders only", async () => {
    const [shop, other] = [shopNamed("redact"), shopNamed("redact-other")];
    await anEvent({ shop, id: "1", state: "delivered", deliveries: ["delivered"] });
    await anEvent({ shop, id: "2", state: "delivered" });
    await anEvent({ shop: other, id: "1", state: "delivered" });

    const answer = await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [order("1")] }, deps());

    expect(answer).toMatchObject({ kind: "customer-redacted", counts: { events: 1, receipts: 1 } });
    expect(await eventOf(shop, "1")).toMatchObject({
      state: "delivered",
      body: { event_name: "Purchase", user_data: {}, custom_data: { value: 1 } },
    });
    expect(JSON.stringify((await eventOf(shop, "1")).body)).not.toMatch(/hash|203\.0|https/);
    for (const [domain, id] of [
      [shop, "2"],
      [other, "1"],
    ] as const) {
      expect((await eventOf(domain, id)).body).toMatchObject({ user_data: { em: ["hash"] } });
      expect(
        await database.prisma.browserContext.count({ where: { shop: domain, checkoutToken: `token-${id}` } }),
      ).toBe(1);
    }
    expect(await database.prisma.browserContext.count({ where: { shop, checkoutToken: "token-1" } })).toBe(0);
  });

  test.each(["waiting-for-payment", "joining", "queued"])(
    "ends an event that is still %s, with a reason",
    async (state) => {
      const shop = shopNamed(`unsettled-${state}`);
      await anEvent({ shop, id: "1", state, deliveries: state === "queued" ? ["queued", "held"] : [] });

      await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [order("1")] }, deps());

      expect(await eventOf(shop, "1")).toMatchObject({
        state: "withheld",
        reason: "customer-redacted",
        settledAt: NOW,
      });
      expect(await database.prisma.delivery.count({ where: { shop, state: { in: ["queued", "held"] } } })).toBe(0);
    },
  );

  test("leaves a delivered leg delivered while it ends the others", async () => {
    const shop = shopNamed("half-delivered");
    await anEvent({ shop, id: "1", state: "queued", deliveries: ["delivered", "queued"] });
    await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [order("1")] }, deps());

    expect(await eventOf(shop, "1")).toMatchObject({ state: "delivered" });
    expect(await database.prisma.delivery.findMany({ where: { shop }, orderBy: { pixelId: "asc" } })).toMatchObject([
      { state: "delivered" },
      { state: "refused", reason: "customer-redacted" },
    ]);
  });

  test("twice, or without any order, changes nothing more", async () => {
    const shop = shopNamed("twice");
    await anEvent({ shop, id: "1", state: "delivered" });
    const all = deps();
    await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [order("1")] }, all);
    const before = await eventOf(shop, "1");

    await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [order("1")] }, all);
    expect(await answerCompliance(shop, { kind: "redact-customer", ...NOBODY, orderIds: [] }, all)).toMatchObject({
      counts: { events: 0 },
    });
    expect(await eventOf(shop, "1")).toEqual(before);
  });
});

test("customers/data_request is logged by its number, with no name, and says whether Shopify repeated it", async () => {
  const shop = shopNamed("data-request");
  await database.prisma.shop.create({ data: { domain: shop, ingestKey: "data-request" } });
  const all = deps();

  const request = {
    kind: "customer-data-request",
    requestId: "9",
    ...NOBODY,
    orderIds: [order("1"), order("2")],
  } as const;
  expect(await answerCompliance(shop, request, all)).toEqual({ kind: "data-requested", outcome: "opened" });
  expect(await answerCompliance(shop, request, all)).toEqual({ kind: "data-requested", outcome: "repeated" });
  expect(all.noted).toEqual([
    ["privacy.data-requested", { shop, requestId: "9", outcome: "opened" }],
    ["privacy.data-requested", { shop, requestId: "9", outcome: "repeated" }],
  ]);
});

test("shop/redact erases the shop that the verified header names", async () => {
  const shop = shopNamed("gone");
  const all = deps();
  expect(await answerCompliance(shop, { kind: "redact-shop" }, all)).toEqual({ kind: "shop-erased" });
  expect(all.erased).toEqual([shop]);
});
