import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { eventId } from "../../app/event-contract/event-id.ts";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL, type Stack, startStack } from "../simulators/stack.ts";
import { everythingPublished, firstVisitEnded } from "../support/at-shopify.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { postWebhook } from "../support/signed-webhook.ts";

// A shop for each test, so that none finds another's pixel.
const STORES = ["one", "two", "three", "four"];
const MANY = 20;

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let stack: Stack;
let log: string;
let orderNumber = 700;
let shop: string;

beforeAll(async () => {
  folder = await aMigratedDataFolder();
  log = path.join(folder.path, "outgoing.log");
  writeFileSync(log, "");
  stack = await startStack({
    dataDir: folder.path,
    env: { SIMULATOR_OUTGOING_LOG: log },
    shops: shopsCalled(...STORES),
  });
});
afterAll(async () => {
  // A delivery may still be in Meta's hands; a polite stop would wait for it.
  await stack.app.kill();
  await stack.close();
  await folder.remove();
});
beforeEach(async () => {
  shop = `${STORES.pop() ?? "none"}.myshopify.com`;
  stack.shopify.install(shop);
  // Where customers may opt out of the sale of their data the worker asks about each; that is test/integration/consent-policy.
  stack.shopify.shop(shop).privacy.saleOptOut = [];
  // The first visit installs: it exchanges the token and publishes the settings.
  expect((await page("/app")).status).toBe(200);
  await firstVisitEnded(stack, shop);
  stack.meta.reset();
  writeFileSync(log, "");
});

/** A page as the admin's iframe asks for it, or one of its forms. */
function page(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
  const authorization = `Bearer ${createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, shop, new Date())}`;
  const headers = { authorization, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0 Safari/537.36" };
  return fetch(`${stack.app.url}${address}`, {
    headers,
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
}

/** Every request that the app's process made through fetch, Shopify's library included: `METHOD address`. */
const outgoing = (): string[] => readFileSync(log, "utf8").split("\n").filter(Boolean);

const connect = () =>
  page("/app/settings", { intent: "connect-pixel", pixelId: PIXEL.metaPixelId, token: PIXEL.token, testEventCode: "" });

/** What the browsers were told, the collector's address among it. */
function collectUrl(): string {
  const config = stack.shopify.shop(shop).installation.webPixel?.settings["config"] ?? "{}";
  // Published by the app under test.
  return (JSON.parse(config) as { collectUrl: string }).collectUrl;
}

/** A sale at the till, which waits for no browser, as Shopify reports it. */
function sell(): Promise<Response> {
  orderNumber += 1;
  const order = {
    shop,
    orderId: String(orderNumber),
    source: "pos" as const,
    placedAt: new Date().toISOString(),
  };
  return postWebhook(stack.app.url, anOrderWebhook(order), { shop });
}

function view(): Promise<Response> {
  const id = eventId(`view-${(orderNumber += 1)}`);
  const body = JSON.stringify(
    aCollectorPost({
      id,
      url: `https://${shop}/products/green`,
      at: Date.now(),
      sentAt: Date.now(),
      checkoutToken: null,
      orderId: null,
    }),
  );
  return fetch(collectUrl(), { method: "POST", headers: { "content-type": "text/plain" }, body });
}

const times = (what: () => Promise<Response>): Promise<number[]> =>
  Promise.all(Array.from({ length: MANY }, async () => (await what()).status));

test("webhooks and collector posts make no call to Shopify, however many arrive, and none to Meta without a pixel", async () => {
  expect(await times(sell)).toEqual(Array<number>(MANY).fill(200));
  expect(await times(view)).toEqual(Array<number>(MANY).fill(204));

  expect(outgoing()).toEqual([]);
  expect(stack.meta.requests()).toEqual([]);
});

test("viewing the app's pages calls neither Meta nor, after sign-in, Shopify", async () => {
  for (const address of ["/app", "/app/settings", "/app/events", "/app/events/Purchase/none"]) {
    expect([address, (await page(address)).status]).toEqual([address, 200]);
  }
  expect(outgoing()).toEqual([]);
  expect(stack.meta.requests()).toEqual([]);
});

test("Meta is called once when the merchant connects a pixel, Home shows the result, and saving makes no call", async () => {
  await connect();
  await expect.poll(async () => (await page("/app")).text()).toContain("Meta accepted the token.");
  expect(stack.meta.requests()).toHaveLength(1);

  await page("/app/settings", { intent: "save-settings", contextWaitSeconds: "5" });
  await everythingPublished(folder.path, shop, 6);
  expect(stack.meta.requests()).toHaveLength(1);
  const hosts = new Set(outgoing().map((line) => new URL(line.split(" ")[1] ?? "").host));
  expect([...hosts]).toEqual([shop]);
});

test("while Meta never answers, every webhook and every collector post is acknowledged", async () => {
  await connect();
  await everythingPublished(folder.path, shop, 6);
  stack.meta.reset();
  writeFileSync(log, "");
  stack.meta.faults.set({ kind: "timeout" });
  expect((await sell()).status).toBe(200);
  await expect.poll(() => stack.meta.requests().length).toBe(1);

  // Meta has the first delivery in its hands now, and keeps it.
  expect(await times(sell)).toEqual(Array<number>(MANY).fill(200));
  expect(await times(view)).toEqual(Array<number>(MANY).fill(204));
  expect(stack.meta.requests().filter(({ status }) => status !== null)).toEqual([]);
  expect(stack.meta.received()).toEqual([]);
  expect(outgoing()).toEqual([]);
});
