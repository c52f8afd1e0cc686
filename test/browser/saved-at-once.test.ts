import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  adminUrl,
  appFrame,
  connectPixel,
  openApp,
  openSettingsPage,
  pressSave,
  toast,
} from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "at-once";
const WAIT = "Maximum wait for browser data";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
  await openSettingsPage(admin, "Advanced");
});
afterAll(() => scene.close());

async function save(seconds: string): Promise<void> {
  await frame.getByLabel(WAIT).fill(seconds);
  await pressSave(admin);
  await toast(admin, "Settings saved");
}

const onItsWay = () => frame.getByText(/is saved and on its way to the storefront/);
const inUse = () => frame.getByText(/The storefront uses the newest settings/);
const notThere = () => frame.getByText(/is saved, but has not reached the storefront/);

test("a save is done while Shopify keeps its answer, and the page shows by itself when the storefront has it", async () => {
  const release = scene.stack.shopify.holdAdminApi(STORE);
  await save("31");
  await onItsWay().waitFor();
  release();
  await inUse().waitFor();
  expect(scene.merchant.consoleErrors.splice(0)).toEqual([]);
});

test("a refusal shows by itself too, there and on Home, and goes with the next save", async () => {
  const shop = scene.stack.shopify.shop(STORE);
  shop.adminForbidden = true;
  await save("32");
  await notThere().waitFor();
  await frame.getByText(/Shopify forbids Tandem to save them/).waitFor();
  await admin.goto(adminUrl(STORE));
  await frame
    .locator("[data-need=settings-unpublished]")
    .getByText(/Shopify forbids Tandem to save them/)
    .waitFor();

  shop.adminForbidden = false;
  await admin.goto(adminUrl(STORE, "/app/settings/advanced"));
  await save("33");
  await inUse().waitFor();
  expect(scene.merchant.consoleErrors.splice(0)).toEqual([]);
});

test("the question that another tab's save raises stays while the page reads how far its own save has come", async () => {
  await admin.goto(adminUrl(STORE, "/app/settings/advanced"));
  const release = scene.stack.shopify.holdAdminApi(STORE);
  await save("40");
  await onItsWay().waitFor();
  await frame.getByLabel(WAIT).fill("41");
  const other = await admin.context().newPage();
  await other.goto(adminUrl(STORE, "/app/settings/advanced"));
  await appFrame(other).getByLabel(WAIT).fill("42");
  await pressSave(other);
  await toast(other, "Settings saved");
  await other.close();

  await pressSave(admin);
  const keepMine = frame.getByRole("button", { name: "Save mine" });
  await keepMine.waitFor();
  release();
  await inUse().waitFor();
  let readOn = (): void => undefined;
  const mayRead = new Promise<void>((resolve) => (readOn = resolve));
  const settings = "**/app/settings/advanced.data*";
  await admin.route(settings, async (route) => {
    if (route.request().method() === "GET") await mayRead;
    await route.continue();
  });
  await keepMine.click();
  await keepMine.waitFor({ state: "detached" });
  // Saved, and the page has not read the newest settings again.
  expect(await frame.getByLabel(WAIT).inputValue()).toBe("41");
  readOn();
  await inUse().waitFor();
  await admin.unroute(settings);
  expect(await frame.getByLabel(WAIT).inputValue()).toBe("41");
  expect(scene.merchant.consoleErrors.splice(0)).toEqual([expect.stringContaining("409 (Conflict)")]);
});
