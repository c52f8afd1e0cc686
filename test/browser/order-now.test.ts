import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { adminUrl, appFrame, connectPixel, openApp } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, received, type ShopScene } from "./shop-scene.ts";

// A merchant asks about an order that was not sent what would be sent now, and sends it.

const STORE = "again";
const SAFE = /may be sent again: Meta cannot count it twice/;
const VARIANT = "4581920037713";
let scene: ShopScene;
let orders: readonly string[];

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  await openApp(scene.admin, STORE);
  const lines = [{ variantId: VARIANT, quantity: 1 }];
  const place = () => scene.stack.shopify.placeOrder(STORE, { lines, source: "pos", country: "US" }).id;
  orders = [place(), place()];
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

/** Opens the order's page, asks what it would send now, and waits until the page says it. */
async function lookAt(page: Page, text: RegExp, [order = ""] = orders): Promise<FrameLocator> {
  const frame = appFrame(page);
  const ask = frame.getByRole("button", { name: "See what would be sent now" });
  const again = frame.getByRole("button", { name: "Look again" });
  // The page has no button while the order's webhook is on its way.
  await expect
    .poll(async () => {
      await page.goto(adminUrl(STORE, `/app/orders/${order}`));
      await frame.getByRole("heading", { level: 1 }).waitFor();
      return ask.count();
    })
    .toBe(1);
  // The button works once the page's scripts have started. A second read would end beside what the test does next.
  const isReading = frame.getByText("Reading the order from Shopify");
  await expect
    .poll(async () => {
      const said = await frame.getByText(text).count();
      if (said === 0 && (await isReading.count()) === 0) await ask.or(again).first().click();
      return said;
    })
    .toBeGreaterThan(0);
  return frame;
}

test("an order that no pixel could take is sent once one is connected, once for two tabs, and Meta counts it once", async () => {
  const { admin, merchant } = scene;
  await lookAt(admin, /Cannot be sent again\. With today’s settings and pixels the event would still not be sent/);

  await connectPixel(admin, PIXEL);
  const frame = await lookAt(admin, SAFE);
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await admin.setViewportSize({ width, height });
    const sideways = await frame.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  const other = await merchant.context.newPage();
  const otherFrame = await lookAt(other, SAFE);
  const twice = (tab: FrameLocator) =>
    tab.getByRole("button", { name: "Send Purchase again" }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
  await Promise.all([twice(frame), twice(otherFrame)]);
  await expect.poll(() => received("Purchase", scene).length).toBe(1);
  const answer = /On its way: a worker|Cannot be sent again|Not sent again/;
  await Promise.all([frame, otherFrame].map((tab) => tab.getByText(answer).first().waitFor()));
  await other.close();

  await lookAt(admin, /Cannot be sent again\. Meta has accepted this event/);
  expect(received("Purchase", scene)).toHaveLength(1);
  await vi.waitFor(async () => {
    await admin.goto(adminUrl(STORE, "/app/access"));
    await appFrame(admin)
      .getByRole("listitem")
      .filter({ hasText: /Purchase of order #\d+: sent again/ })
      .getByRole("link", { name: /^Purchase of order #\d+$/ })
      .first()
      .waitFor();
  }, PATIENCE_MS);
});

test("one press says that the event is on its way, on the page that was looked at", async () => {
  const { admin } = scene;
  const frame = await lookAt(admin, SAFE, orders.slice(1));
  await frame.getByRole("button", { name: "Send Purchase again" }).click();
  await frame.getByText(/On its way: a worker sends the event to Meta now/).waitFor();
  await expect.poll(() => received("Purchase", scene).length).toBe(2);
});
