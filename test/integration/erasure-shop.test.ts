import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { shopDomain } from "../../app/event-contract/event-id.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { dumpOf } from "../support/database-dump.ts";
import { liveFully } from "../support/full-life.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

let meta: MetaSimulator;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
});
afterAll(() => meta.close());

describe.each(["pglite", "postgresql"] as const)("on %s, shop/redact of a shop that has lived", (kind) => {
  let app: TestApp;
  beforeAll(async () => void (app = await startAppOn(kind, meta.httpUrl)));
  afterAll(() => app.close());

  let shop: string;
  let name: string;
  beforeEach(async () => {
    shop = await app.connectedShop(PIXEL);
    name = shop.split(".")[0] ?? expect.unreachable("a name");
    await liveFully(app, shop);
  });

  const appWebhook = (topic: string, triggeredAt = new Date().toISOString()): Promise<Response> =>
    postWebhook(app.url, JSON.stringify({ shop_id: 1, shop_domain: shop }), {
      shop,
      topic,
      path: topic === "shop/redact" ? "/webhooks/compliance" : "/webhooks/app",
      headers: { "x-shopify-triggered-at": triggeredAt },
    });

  const linesNaming = async (text: string) =>
    (await dumpOf(app.opened.database.prisma)).filter((line) => line.includes(text));

  test("leaves no row that names it, in any schema, and a record of the erasure without a name", async () => {
    expect((await linesNaming(name)).length).toBeGreaterThan(20);

    await appWebhook("app/uninstalled");
    await appWebhook("app/uninstalled");
    expect((await appWebhook("shop/redact")).status).toBe(200);
    expect((await appWebhook("shop/redact")).status).toBe(200);

    expect(await linesNaming(name)).toEqual([]);
    const { prisma } = app.opened.database;
    const digest = app.opened.tombstones.digestOfShop(domainOf(shop));
    expect(await prisma.complianceRecord.findUnique({ where: { subjectDigest: digest } })).toMatchObject({
      kind: "shop-erased",
      shopDigest: digest,
      times: 1,
    });
  });

  test.each([-60_000, 0, 60_000])(
    "is not undone by a webhook that comes later (triggered %d ms after it)",
    async (distance) => {
      await appWebhook("app/uninstalled");
      await appWebhook("shop/redact");
      const triggeredAt = new Date(Date.now() + distance).toISOString();

      const order = anOrderWebhook({ shop, orderId: "990", placedAt: new Date().toISOString() });
      const late = [
        await postWebhook(app.url, order, { shop, headers: { "x-shopify-triggered-at": triggeredAt } }),
        await postWebhook(app.url, order, { shop, headers: { "x-shopify-triggered-at": null } }),
        await postWebhook(app.url, "{ broken", { shop }),
        await appWebhook("app/uninstalled", triggeredAt),
        await postWebhook(app.url, "{ broken", { shop, topic: "customers/redact", path: "/webhooks/compliance" }),
        await postWebhook(app.url, "{}", { shop, topic: "customers/redact", path: "/webhooks/compliance" }),
        await postWebhook(app.url, JSON.stringify({ previous: [], current: ["read_orders"] }), {
          shop,
          topic: "app/scopes_update",
          path: "/webhooks/app",
        }),
      ];

      expect(late.filter(({ status }) => status >= 500)).toEqual([]);
      expect(await app.opened.settings.profile(domainOf(shop))).toBeNull();
      expect(await linesNaming(name)).toEqual([]);
    },
  );

  test("does not prevent its merchant from installing it again", async () => {
    await appWebhook("app/uninstalled");
    await appWebhook("shop/redact");
    await app.opened.settings.beginInstallation(domainOf(shop), { anew: true });

    expect((await app.opened.settings.profile(domainOf(shop)))?.installed).toBe(true);
    const order = anOrderWebhook({ shop, orderId: "991", placedAt: new Date().toISOString() });
    await postWebhook(app.url, order, { shop });
    expect(await app.eventsOf(shop)).toHaveLength(1);
  });

  test("does not erase it if it reinstalled within the 48 hours that Shopify waits", async () => {
    await appWebhook("app/uninstalled");
    await app.opened.settings.beginInstallation(domainOf(shop), { anew: true });
    const before = await app.eventsOf(shop);

    await appWebhook("shop/redact");

    expect(before.length).toBeGreaterThan(0);
    expect(await app.eventsOf(shop)).toEqual(before);
    expect((await app.opened.settings.profile(domainOf(shop)))?.installed).toBe(true);
  });
});

const domainOf = (shop: string) => shopDomain(shop) ?? expect.unreachable("a shop domain");
