import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page, Response } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { adminUrl, appFrame, connectPixel, openApp } from "../simulators/merchant.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, received, type ShopScene } from "./shop-scene.ts";

const STORE = "looks";
const ORDERS = 3;
const VARIANT = PRODUCTS[0]?.variants[0]?.id ?? "";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
  for (let n = 0; n < ORDERS; n += 1) {
    scene.stack.shopify.placeOrder(STORE, {
      lines: [{ variantId: VARIANT, quantity: 1 }],
      source: "pos",
      country: "US",
    });
  }
  await vi.waitFor(() => expect(received("Purchase", scene)).toHaveLength(ORDERS), PATIENCE_MS);
  await vi.waitFor(async () => expect(await figure("delivered")).toContain(String(ORDERS)), PATIENCE_MS);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

/** What Home reads of one figure after it has been opened again. */
async function figure(name: string, query = ""): Promise<string> {
  await admin.goto(adminUrl(STORE, `/app${query}`));
  const box = frame.locator(`[data-figure=${name}]`);
  await box.waitFor();
  return box.innerText();
}

describe.each([
  ["a wide screen", { width: 1280, height: 900 }],
  ["a phone", { width: 390, height: 844 }],
])("on %s", (_, size) => {
  test("Home says what became of the orders, without scrolling sideways, and axe finds nothing", async () => {
    await admin.setViewportSize(size);
    await figure("eligible", "?period=30d");
    await frame.getByText(/\b3 sent\b/).waitFor();
    const sideways = await frame.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    for (const summary of await frame.locator("summary").all()) await summary.click();
    const { violations, passes } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
  });
});

test("the days of a drawing are read with the arrow keys", async () => {
  await figure("eligible");
  const chart = frame.getByRole("slider", { name: "Events by day" });
  const day = () => chart.getAttribute("aria-valuetext");
  expect(await day()).toMatch(/: 3 accepted/);
  // The page takes keys once its scripts have started.
  await expect
    .poll(async () => {
      await chart.focus();
      await admin.keyboard.press("Home");
      return chart.getAttribute("aria-valuenow");
    })
    .toBe("1");
  expect(await day()).toMatch(/: 0 accepted/);
  await admin.keyboard.press("ArrowRight");
  await expect.poll(() => chart.getAttribute("aria-valuenow")).toBe("2");
  await admin.keyboard.press("End");
  await expect.poll(day).toMatch(/: 3 accepted/);
});

test("the browser loads no library to draw with", async () => {
  const scripts: Promise<string>[] = [];
  const keep = (response: Response): void => {
    if (/\/assets\/[^?]*\.js$/.test(response.url())) scripts.push(response.text());
  };
  // A browser that has been here before would have the scripts already.
  const cdp = await admin.context().newCDPSession(admin);
  await cdp.send("Network.clearBrowserCache");
  admin.on("response", keep);
  await figure("eligible");
  await expect.poll(() => scripts.length).toBeGreaterThan(0);
  admin.off("response", keep);
  for (const script of await Promise.all(scripts)) expect(script).not.toMatch(/paddingInner|stackOrder|curveLinear/);
});
