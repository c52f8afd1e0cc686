import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { startMetaSimulator, type MetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { startAppOn } from "../support/app-on.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import type { TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let meta: MetaSimulator;
let app: TestApp;
beforeAll(async () => {
  meta = await startMetaSimulator();
  meta.addDataset(PIXEL);
  app = await startAppOn("pglite", meta.httpUrl);
});
afterAll(async () => {
  await app.close();
  await meta.close();
});

let shop: string;
beforeEach(async () => {
  shop = await app.connectedShop(PIXEL);
});

/** What the library does after a token exchange. */
const exchangeToken = (scope = "read_orders"): Promise<boolean> =>
  app.opened.connection.sessions.storeSession(
    new Session({
      id: `offline_${shop}`,
      shop,
      state: "",
      isOnline: false,
      scope,
      accessToken: "shpat_new",
      expires: new Date(Date.now() + HOUR_MS),
      refreshToken: "shprt_new",
      refreshTokenExpires: new Date(Date.now() + 24 * HOUR_MS),
    }),
  );

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

const appWebhook = (topic: string, triggeredAt: string | null, body: object = { id: 1 }): Promise<Response> =>
  postWebhook(app.url, JSON.stringify(body), {
    shop,
    topic,
    path: topic === "shop/redact" ? "/webhooks/compliance" : "/webhooks/app",
    headers: { "x-shopify-triggered-at": triggeredAt },
  });

const order = (orderId: string, triggeredAt: string): Promise<Response> => {
  const body = anOrderWebhook({ shop, orderId, checkoutToken: `c-${orderId}`, placedAt: new Date().toISOString() });
  return postWebhook(app.url, body, { shop, headers: { "x-shopify-triggered-at": triggeredAt } });
};

const isInstalled = async () => (await app.opened.settings.profile(app.domain(shop)))?.installed;
const rowOf = () => app.opened.database.prisma.shop.findUniqueOrThrow({ where: { domain: shop } });
const sessionOf = () => app.opened.database.prisma.session.findUnique({ where: { id: `offline_${shop}` } });

describe("a webhook about an installation that is over", () => {
  beforeEach(async () => {
    // The first installation began yesterday; the shop came back an hour after it had gone, and nothing said so.
    const yesterday = new Date(Date.now() - 24 * HOUR_MS);
    await app.opened.database.prisma.shop.update({ where: { domain: shop }, data: { installedAt: yesterday } });
    await exchangeToken();
  });

  test("does not end the next one: app/uninstalled arrives late, and twice", async () => {
    await appWebhook("app/uninstalled", ago(HOUR_MS));
    await appWebhook("app/uninstalled", ago(HOUR_MS));

    expect(await isInstalled()).toBe(true);
    expect(await sessionOf()).not.toBeNull();
    expect((await order("1", ago(0))).status).toBe(200);
    expect(await app.eventsOf(shop)).toHaveLength(1);
  });

  test("does not change the new one's scopes: app/scopes_update arrives late", async () => {
    await exchangeToken("read_orders,write_pixels");
    await appWebhook("app/scopes_update", ago(HOUR_MS), { previous: [], current: ["read_orders"] });
    expect((await sessionOf())?.scope).toBe("read_orders,write_pixels");

    await appWebhook("app/scopes_update", new Date(Date.now() + HOUR_MS).toISOString(), {
      previous: [],
      current: ["read_orders"],
    });
    expect((await sessionOf())?.scope).toBe("read_orders");
  });

  test.each([
    ["shop/redact", "redact", 60_000],
    ["app/uninstalled", "uninstalled", -500],
    ["app/uninstalled", "uninstalled", 500],
    ["app/uninstalled", "uninstalled", null],
  ])(
    "erases and ends nothing by a guess: %s is put to Shopify as %s (token + %s ms)",
    async (topic, doubt, distance) => {
      const granted = (await rowOf()).tokenGrantedAt?.getTime() ?? Number.NaN;
      const triggeredAt = distance === null ? null : new Date(granted + distance).toISOString();
      await order("2", ago(0));
      await appWebhook(topic, triggeredAt);
      await appWebhook(topic, triggeredAt);

      expect(await isInstalled()).toBe(true);
      expect(await app.eventsOf(shop)).toHaveLength(1);
      expect(await rowOf()).toMatchObject({ installationDoubt: doubt, installationCheckDueAt: null });

      await exchangeToken();
      expect(await rowOf()).toMatchObject({ installationDoubt: null });
    },
  );
});

test("an uninstall clearly after the token ends the installation, at Shopify's time", async () => {
  await exchangeToken();
  const triggeredAt = new Date(Date.now() + HOUR_MS).toISOString();
  await appWebhook("app/uninstalled", triggeredAt);

  expect(await isInstalled()).toBe(false);
  expect(await sessionOf()).toBeNull();
  expect(await rowOf()).toMatchObject({ uninstalledAt: new Date(triggeredAt), tokenGrantedAt: null });
});

describe("a shop that has uninstalled", () => {
  beforeEach(() => appWebhook("app/uninstalled", ago(HOUR_MS)));
  beforeEach(async () => {
    await app.opened.settings.markUninstalled(app.domain(shop), { at: new Date(Date.now() - HOUR_MS) });
  });

  test("has its earlier orders refused, however late they arrive", async () => {
    expect((await order("3", ago(2 * HOUR_MS))).status).toBe(200);
    expect(await app.eventsOf(shop)).toEqual([]);
    expect(await isInstalled()).toBe(false);
  });

  test("is installed again with its next order, before its merchant opens the app, and no order is lost", async () => {
    const sold = ago(MINUTE_MS);
    expect((await order("4", sold)).status).toBe(200);

    expect(await app.eventsOf(shop)).toHaveLength(1);
    expect(await rowOf()).toMatchObject({ uninstalledAt: null, installedAt: new Date(sold) });
    await appWebhook("app/uninstalled", ago(HOUR_MS));
    expect(await isInstalled()).toBe(true);
    await exchangeToken();
    expect(await rowOf()).toMatchObject({ installedAt: new Date(sold) });
  });

  test.each([
    ["an order", () => order("13", ago(0))],
    [
      "a visit that stored no token",
      () => adminPorts(app.opened, { by: "shopify-user 1", role: "owner" }).visited(app.domain(shop)),
    ],
  ])("and came back with %s is not erased by the shop/redact of the earlier installation", async (_what, comeBack) => {
    await comeBack();
    expect((await rowOf()).tokenGrantedAt).toBeNull();
    for (const triggeredAt of [ago(0), new Date(Date.now() + 47 * HOUR_MS).toISOString(), null]) {
      expect((await appWebhook("shop/redact", triggeredAt)).status).toBe(200);
      expect(await isInstalled()).toBe(true);
    }
    // Of an uninstallation after that, which nobody told of.
    await appWebhook("shop/redact", new Date(Date.now() + 73 * HOUR_MS).toISOString());
    expect(await app.opened.settings.profile(app.domain(shop))).toBeNull();
  });

  test("and came back, and uninstalled again, is erased", async () => {
    await order("14", ago(0));
    await appWebhook("app/uninstalled", new Date(Date.now() + HOUR_MS).toISOString());
    await appWebhook("shop/redact", new Date(Date.now() + 49 * HOUR_MS).toISOString());
    expect(await app.opened.settings.profile(app.domain(shop))).toBeNull();
  });

  test("gets a 503 for an order in the same second, until its token decides", async () => {
    const end = (await rowOf()).uninstalledAt?.getTime() ?? Number.NaN;
    const soldAt = new Date(end + 500).toISOString();
    expect((await order("5", soldAt)).status).toBe(503);
    expect(await app.eventsOf(shop)).toEqual([]);

    await exchangeToken();
    expect((await order("5", soldAt)).status).toBe(200);
    expect(await app.eventsOf(shop)).toHaveLength(1);
  });

  test("is installed again on any authenticated visit, even if the first one failed", async () => {
    await adminPorts(app.opened, { by: "shopify-user 1", role: "owner" }).visited(app.domain(shop));
    expect(await isInstalled()).toBe(true);
  });

  test("is installed from its new token on, without the earlier publication", async () => {
    await exchangeToken();
    const { installedAt, tokenGrantedAt } = await rowOf();
    expect(await isInstalled()).toBe(true);
    expect(tokenGrantedAt).toEqual(installedAt);
    expect(Date.now() - installedAt.getTime()).toBeLessThan(MINUTE_MS);
  });
});
