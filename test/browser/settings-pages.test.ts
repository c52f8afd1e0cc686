import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, openSettingsPage } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "pages";
const PAGES = ["Purchase", "Storefront events", "Consent", "Forms", "Advanced", "Pixels"] as const;

let scene: ShopScene;
let admin: Page;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  await openApp(admin, STORE);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

describe.each([390, 1280])("at %i pixels", (width) => {
  test("each page of the settings leads to the next one, fits, and has no accessibility violation", async () => {
    await admin.setViewportSize({ width, height: 900 });
    await admin.goto(adminUrl(STORE, "/app/settings"));
    await appFrame(admin).getByRole("heading", { level: 1, name: "Settings: Pixels" }).waitFor();
    for (const page of PAGES) {
      const frame = await openSettingsPage(admin, page);
      const widths = await frame
        .locator("html")
        .evaluate((html) => ({ page: html.scrollWidth, window: html.clientWidth }));
      expect(widths.page, page).toBeLessThanOrEqual(widths.window);
      const { violations } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
      expect(violations.map(({ id, nodes }) => [page, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
});
