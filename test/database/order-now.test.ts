import { afterAll, beforeAll, expect, test } from "vitest";

import { purchaseEventId, type ShopDomain } from "../../app/event-contract/event-id.ts";
import { createEventStore } from "../../app/outbox/event-store.server.ts";
import type { BrowserReceipt, NewEvent } from "../../app/outbox/types.ts";
import { orderNow } from "../../app/pipeline/order-now.ts";
import type { AdminGraphql } from "../../app/shopify/admin/admin-graphql.server.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";
import { adminOf, aShopifyOfItsOwn } from "../support/simulated-admin.ts";
import { aScene, CONSENT, order as orderIdOf, type Scene } from "../support/store-scenes.ts";
import { aPixel, aProfile } from "../unit/dashboard/samples.ts";

// An order of the website is read from Shopify and decided as it would be now, with what is recorded of its browser.

const SHOP = "tandem-demo.myshopify.com" as ShopDomain;
const MUG = "4581920037713";

let simulator: ShopifySimulator;
let database: TestDatabase;
let admin: AdminGraphql;
let scene: Scene;

beforeAll(async () => {
  [simulator, database] = await Promise.all([aShopifyOfItsOwn(SHOP), pgliteDatabase()]);
  admin = await adminOf(simulator, SHOP);
  scene = await aScene(database);
  await database.prisma.shop.create({ data: { domain: SHOP, ingestKey: "key" } });
});
afterAll(() => Promise.all([simulator.close(), database.close()]));

const store = () => createEventStore(database.prisma, { now: () => new Date() });

/** An order of a country, its recorded Purchase, and its browser's receipt if there is one. */
async function anOrder(country: string, change: Partial<BrowserReceipt> | null): Promise<NewEvent> {
  const { id } = simulator.placeOrder(SHOP, { lines: [{ variantId: MUG, quantity: 1 }], country });
  const orderId = orderIdOf(id);
  const of = { shop: SHOP, orderId };
  const event = scene.event(Number(id), {
    ...{ ...of, id: purchaseEventId(SHOP, orderId), checkoutToken: null, region: country },
    time_s: Math.floor(Date.now() / 1000),
  });
  if (change !== null) {
    const ids = { ...of, eventId: event.body.event_id, receivedAt: new Date() };
    await store().addReceipt(scene.receipt(Number(id), { ...ids, ...change }));
  }
  await store().add(event, null);
  return event;
}

const nowOf = async ({ orderId }: NewEvent) => {
  const profile = aProfile({ shop: SHOP, pixels: [aPixel({ shop: SHOP })] });
  if (orderId === null) throw new Error("the event is of no order");
  const answer = await orderNow(SHOP, orderId, {
    profile: () => Promise.resolve(profile),
    admin: () => Promise.resolve(admin),
    recorded: store().recorded,
    knownPurchase: store().knownPurchase,
    consentPolicy: () => Promise.resolve(null),
    optOuts: () => Promise.resolve(new Map([[orderId, false]])),
    unitCosts: () => Promise.resolve(new Map()),
    now: () => new Date(),
  });
  if (answer.kind !== "decided") throw new Error(answer.kind);
  return answer.events[0];
};

test("a recorded decline decides, and is not taken for a missing answer", async () => {
  const declined = { signal: { marketing: false, saleOfData: false, at: Date.now() } };
  expect(await nowOf(await anOrder("US", declined))).toMatchObject({
    ...{ state: "withheld", reason: "consent-browser-declined", server: null, caveats: [] },
    again: { kind: "not" },
  });
});

test("a receipt is used whole while it is kept, and says what is missing once its person was removed", async () => {
  const event = await anOrder("DE", {});
  const fbp = "fb.1.1700000000000.1234567890";
  expect(await nowOf(event)).toMatchObject({ state: "send", server: { user_data: { fbp } }, caveats: [] });

  const key = { shop: SHOP, eventName: "Purchase" as const, eventId: event.body.event_id };
  await store().decide([{ kind: "withhold", key, reason: "no-pixel", consent: CONSENT }], new Date());
  const bare = await nowOf(event);
  expect(bare).toMatchObject({ state: "send", caveats: ["receipt-without-person"] });
  expect(bare?.server?.user_data).not.toHaveProperty("fbp");
});

test("without a receipt the order's region decides, and both things that are missing are named", async () => {
  const caveats = ["no-receipt", "no-answer-recorded"];
  expect(await nowOf(await anOrder("US", null))).toMatchObject({ state: "send", caveats });
  expect(await nowOf(await anOrder("DE", null))).toMatchObject({
    ...{ state: "withheld", reason: "consent-required-and-unknown", server: null, caveats },
  });
});
