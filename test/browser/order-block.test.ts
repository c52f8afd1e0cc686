import AxeBuilder from "@axe-core/playwright";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newShopper } from "../simulators/browser.ts";
import { appFrame, connectPixel, openApp } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { bothLegs, buy, openShopScene, type ShopScene, WITHOUT_BANNER } from "./shop-scene.ts";

// A merchant on Shopify's own page of an order reads there what Tandem did with it.

const STORE = "blocks";
const VARIANT = "4581920037713";
let scene: ShopScene;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  await openApp(scene.admin, STORE);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

const place = (source: "pos" | "web", country: string): string =>
  scene.stack.shopify.placeOrder(STORE, { lines: [{ variantId: VARIANT, quantity: 1 }], source, country }).id;

/** Opens Shopify's page of the order, and gives the app's block on it. */
async function blockOf(orderId: string, locale = "en"): Promise<Locator> {
  await scene.admin.goto(`https://admin.shopify.com/store/${STORE}/orders/${orderId}?locale=${locale}`);
  return scene.admin.locator("#order-block");
}

/** The order page does not follow the order, so it is opened until the block says it. */
const says = (orderId: string, text: RegExp, locale?: string): Promise<void> =>
  expect
    .poll(async () => {
      const block = await blockOf(orderId, locale);
      await block.locator("s-paragraph").first().waitFor();
      return block.innerText();
    })
    .toMatch(text);

test("an order without a pixel was not sent, and the block says why, in the merchant's language", async () => {
  const order = place("pos", "US");
  await says(order, /Sent to Meta\?[^]*Purchase[^]*Not sent[^]*No Meta pixel was connected at that time\./);
  await says(order, /An Meta gesendet\?[^]*kein Meta-Pixel verbunden/, "de");
  await says(order, /Odesláno do Mety\?[^]*Purchase/, "cs");
});

test("an order that waits for its browser says so, and has a link to itself in the app", async () => {
  await openApp(scene.admin, STORE);
  await connectPixel(scene.admin, PIXEL);
  await scene.runShop("set", "--shop", `${STORE}.myshopify.com`, "--context-wait", "600");
  const order = place("web", "US");
  await says(order, /Waiting for the browser[^]*Not seen/);

  await scene.admin.locator("#order-block").getByRole("link", { name: "See this order in Tandem" }).click();
  await appFrame(scene.admin).getByRole("row").filter({ hasText: order }).waitFor();
});

test("a sale that both legs reported says so, with Meta's answer", async () => {
  const shopper = await newShopper(scene.browser);
  const order = await buy(await shopper.context.newPage(), { store: STORE, query: WITHOUT_BANNER }, scene);
  await bothLegs("Purchase", scene);
  await shopper.close();

  await says(order, /Purchase[^]*Delivered[^]*Matched[^]*Browser: Sent\.[^]*HTTP 200, trace ID \S+/);
  const { violations } = await new AxeBuilder({ page: scene.admin }).include("#order-block").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("an order that Tandem does not know says so, and a new try asks again", async () => {
  const { faults } = scene.stack.shopify;
  faults.drop = Number.MAX_SAFE_INTEGER;
  const order = place("pos", "US");
  faults.drop = 0;
  await says(order, /Tandem has no event of this order/);

  const again = scene.admin.waitForResponse((response) => response.url().includes("/app/order-block"));
  await scene.admin.getByRole("button", { name: "Try again" }).click();
  expect((await again).status()).toBe(404);
  await scene.admin.getByText("Tandem has no event of this order").waitFor();
});
