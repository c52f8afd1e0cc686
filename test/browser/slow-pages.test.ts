import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appFrame, openApp, pressUntil } from "../simulators/merchant.ts";
import { SHOP_SEEDS } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "slow";
const DATA = /\.data(?:\?|$)/;

let scene: ShopScene;
beforeAll(async () => {
  scene = await openShopScene({ shops: SHOP_SEEDS.slice(0, 1).map((seed) => ({ ...seed, handle: STORE })) });
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
