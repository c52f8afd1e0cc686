import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, openAppPage, pressUntil } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "slow";
const SCRIPTS = /\/assets\/entry\.client[^/]*\.js$/;
const DATA = /\.data(?:\?|$)/;

let scene: ShopScene;
beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  await openApp(scene.admin, STORE);
});
afterAll(() => scene.close());

test.each(["Events", "Leads", "Settings"])("%s says that it loads until it is there", async (name) => {
  const { admin, merchant } = scene;
  let release = (): void => undefined;
  const released = new Promise<void>((go) => (release = go));
  await admin.route(DATA, async (route) => {
    await released;
    await route.continue();
  });
  const frame = appFrame(admin);
  const notice = frame.getByRole("status", { name: `Loading ${name}` });
  await pressUntil(admin.locator("#app-nav").getByRole("link", { name, exact: true }), notice);
  expect(await frame.getByRole("heading", { level: 1 }).allInnerTexts()).toEqual([name]);
  const { violations } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  release();
  await notice.waitFor({ state: "detached" });
  await frame.getByRole("heading", { level: 1 }).first().waitFor();
  await admin.unroute(DATA);
  expect(merchant.consoleErrors.splice(0)).toEqual([]);
});

test.each([
  [
    "of the page",
    "Settings: Purchase",
    (_: Page, frame: FrameLocator) => frame.getByRole("link", { name: "Purchase" }),
  ],
  ["of the admin's navigation", "Help", (admin: Page) => admin.locator("#app-nav").getByRole("link", { name: "Help" })],
])("a link %s that is pressed before the page's scripts have arrived is followed once they have", async (...given) => {
  const [, heading, link] = given;
  const { admin, merchant } = scene;
  const frame = appFrame(admin);
  let release = (): void => undefined;
  const released = new Promise<void>((go) => (release = go));
  await admin.route(SCRIPTS, async (route) => {
    await released;
    await route.continue();
  });
  await admin.goto(adminUrl(STORE, "/app/settings"), { waitUntil: "commit" });
  await link(admin, frame).click();
  expect(await frame.getByRole("heading", { level: 1 }).allInnerTexts()).toEqual(["Settings: Pixels"]);
  release();
  await frame.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  await admin.unroute(SCRIPTS);
  expect(merchant.consoleErrors.splice(0)).toEqual([]);
});

test("a test that goes to a slow page goes on with the page itself, and not with its title", async () => {
  const { admin, merchant } = scene;
  const frame = await openApp(admin, STORE);
  let release = (): void => undefined;
  const released = new Promise<void>((go) => (release = go));
  await admin.route(DATA, async (route) => {
    await released;
    await route.continue();
  });
  let isThere = false;
  const there = openAppPage(admin, "Events").then(() => (isThere = true));
  await frame.getByRole("status", { name: "Loading Events" }).waitFor();
  // Long enough for whoever waits for the title alone, as they look each time that the page is drawn.
  for (let looks = 0; looks < 10; looks += 1) await frame.getByRole("heading", { level: 1, name: "Events" }).waitFor();
  expect(isThere).toBe(false);
  release();
  await there;
  await admin.unroute(DATA);
  await admin.reload();
  await frame.getByRole("heading", { level: 1, name: "Events", exact: true }).waitFor();
  expect(merchant.consoleErrors.splice(0)).toEqual([]);
});
