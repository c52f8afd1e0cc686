import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newShopper } from "../simulators/browser.ts";
import { adminUrl, appFrame, connectPixel, openApp, openAppPage } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { bothLegs, buy, openShopScene, type ShopScene, WITHOUT_BANNER } from "./shop-scene.ts";

const STORE = "every-page";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;
let orderId: string;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
  const shopper = await newShopper(scene.browser);
  orderId = await buy(await shopper.context.newPage(), { store: STORE, query: WITHOUT_BANNER }, scene);
  await bothLegs("Purchase", scene);
  await shopper.close();
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

const PAGES = [
  ["Home", () => ""],
  ["Settings", () => "/app/settings"],
  ["Events", () => "/app/events"],
  ["an event's page", () => `/app/events/Purchase/purchase.${STORE}.${orderId}`],
  ["an order's page", () => `/app/orders/${orderId}`],
  ["Leads", () => "/app/leads"],
  ["Test", () => "/app/test"],
  ["Dry run", () => "/app/dry-run"],
  ["Data requests", () => "/app/data-requests"],
  ["Access", () => "/app/access"],
  ["Versions", () => "/app/settings/versions"],
  ["Help", () => "/app/help"],
] as const;

describe.each([390, 1280])("at %i pixels", (width) => {
  test.each(PAGES)("%s fits and has no accessibility violations", async (_name, path) => {
    await admin.setViewportSize({ width, height: 900 });
    await admin.goto(adminUrl(STORE, path()));
    await frame.getByRole("heading", { level: 1 }).waitFor();
    const { page, window } = await frame
      .locator("html")
      .evaluate((html) => ({ page: html.scrollWidth, window: html.clientWidth }));
    expect(page).toBeLessThanOrEqual(window);
    const { violations, passes } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain("color-contrast");
  });
});

test("Events is a table under one head on a wide screen, and cards with both legs side by side on a phone", async () => {
  await admin.goto(adminUrl(STORE, `/app/events?order=${orderId}`));
  const line = frame.locator(`[data-line="purchase.${STORE}.${orderId}"]`);
  const head = frame.getByRole("columnheader", { name: "Server" });
  const label = (text: string) => line.getByText(text, { exact: true });

  await admin.setViewportSize({ width: 1280, height: 900 });
  await head.waitFor();
  expect(await label("Server").isVisible()).toBe(false);

  await admin.setViewportSize({ width: 390, height: 900 });
  await label("Server").waitFor();
  expect(await head.isVisible()).toBe(false);
  const tops = ["Browser", "Server", "Both legs"].map((text) => label(text).evaluate(topOf));
  expect(new Set(await Promise.all(tops)).size).toBe(1);
});

const topOf = (element: Element): number => element.getBoundingClientRect().top;

test("a question of Help is opened from the list of them, and leads to the page with the shop's own answer", async () => {
  await openApp(admin, STORE);
  await openAppPage(admin, "Help");
  const answer = frame.getByRole("region", { name: "What do iPhones and ad blockers change?" });
  const top = () => answer.evaluate((section) => section.getBoundingClientRect().top);
  const before = await top();
  await frame.getByRole("link", { name: "What do iPhones and ad blockers change?" }).click();
  await expect.poll(top).toBeLessThan(before);

  await answer.getByRole("link", { name: "Purchases from the server only" }).click();
  await frame.getByRole("heading", { level: 1, name: "Events" }).waitFor();
  expect(await frame.getByLabel("Legs").inputValue()).toBe("server");
});
