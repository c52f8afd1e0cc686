import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { API_KEY, API_SECRET } from "../simulators/app-process.ts";
import { createSessionToken } from "../simulators/shopify/session-token.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL, type Stack, startStack } from "../simulators/stack.ts";
import { everythingPublished, firstVisitEnded } from "../support/at-shopify.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";

// A shop for each test: what Shopify said of it is read once, when it installs.
const STORES = ["opted", "denied", "asking"];
const MUG = [{ variantId: "4581920037713", quantity: 1 }];

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
let stack: Stack;
let outgoing: string;
let shop: string;

beforeAll(async () => {
  folder = await aMigratedDataFolder();
  outgoing = path.join(folder.path, "outgoing.log");
  writeFileSync(outgoing, "");
  stack = await startStack({
    dataDir: folder.path,
    env: { SIMULATOR_OUTGOING_LOG: outgoing },
    shops: shopsCalled(...STORES),
  });
});
afterAll(async () => {
  // Nothing of it is needed any more, so nobody waits for a polite stop.
  await stack.app.kill();
  await stack.close();
  await folder.remove();
});
beforeEach(() => {
  shop = `${STORES.pop() ?? "none"}.myshopify.com`;
  stack.shopify.install(shop);
});

/** A page as the admin's iframe asks for it, or one of its forms. */
async function page(address: string, form?: Readonly<Record<string, string>>): Promise<void> {
  const authorization = `Bearer ${createSessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, shop, new Date())}`;
  const headers = { authorization, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0 Safari/537.36" };
  const body = form && { method: "POST", body: new URLSearchParams(form) };
  expect((await fetch(`${stack.app.url}${address}`, { headers, ...body })).status).toBeLessThan(400);
}

/** The merchant opens the app, connects the pixel, and lets no order wait for its browser. */
async function setUp(): Promise<void> {
  await page("/app");
  await firstVisitEnded(stack, shop);
  await page("/app/settings", {
    intent: "connect-pixel",
    pixelId: PIXEL.metaPixelId,
    token: PIXEL.token,
    testEventCode: "",
  });
  await page("/app/settings", { intent: "save-settings", contextWaitSeconds: "0" });
  await everythingPublished(folder.path, shop, 0);
  stack.meta.reset();
  writeFileSync(outgoing, "");
}

/** The one Purchase that Meta was sent, as it came. */
async function purchaseAtMeta(orderId: string) {
  const eventId = `purchase.${shop.split(".")[0] ?? ""}.${orderId}`;
  const received = () => stack.meta.received().find((event) => event.eventId === eventId);
  await expect.poll(received).toBeDefined();
  return received()?.server?.event;
}

test("without a signal, an event is sent where the shop requires no consent, and withheld where it does", async () => {
  const { privacy } = stack.shopify.shop(shop);
  privacy.consentRequired = ["JP"];
  // A country that the shop says nothing of would stay with the default list.
  privacy.saleOptOut = ["DE"];
  await setUp();

  const inJapan = stack.shopify.placeOrder(shop, { lines: MUG, country: "JP" });
  const inGermany = stack.shopify.placeOrder(shop, { lines: MUG, country: "DE" });

  expect(await purchaseAtMeta(inGermany.id)).toBeDefined();
  await stack.shopify.settled();
  expect(stack.meta.received().filter(({ eventId }) => eventId?.endsWith(inJapan.id))).toEqual([]);
});

test("a customer who opted out of the sale of their data is sent with limited use, and the worker queries Shopify", async () => {
  await setUp();
  const { optedOutCustomers } = stack.shopify.shop(shop).privacy;
  const limited = stack.shopify.placeOrder(shop, { lines: MUG, country: "US" });
  optedOutCustomers.add(limited.customerId);
  const free = stack.shopify.placeOrder(shop, { lines: MUG, country: "US" });

  expect(await purchaseAtMeta(limited.id)).toMatchObject({ data_processing_options: ["LDU"] });
  expect(await purchaseAtMeta(free.id)).not.toHaveProperty("data_processing_options");
  expect(readFileSync(outgoing, "utf8")).toContain(`POST https://${shop}/admin/api/`);
});

test("a customer without an answer from Shopify is sent with limited use too", async () => {
  await setUp();
  stack.shopify.shop(shop).adminForbidden = true;
  const order = stack.shopify.placeOrder(shop, { lines: MUG, country: "US" });

  expect(await purchaseAtMeta(order.id)).toMatchObject({ data_processing_options: ["LDU"] });
});
