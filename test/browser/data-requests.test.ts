import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, openAppPage } from "../simulators/merchant.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

let scene: ShopScene;
beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled("asks") });
});
afterAll(() => scene.close());

// The worker assembles files once a minute.
const A_ROUND_MS = 150_000;

test(
  "a customer's request for their data becomes a file that the merchant downloads in the admin",
  async () => {
    const { admin, stack } = scene;
    await openApp(admin, "asks");
    const lines = [{ variantId: PRODUCTS[0]?.variants[0]?.id ?? "", quantity: 1 }];
    const order = stack.shopify.placeOrder("asks", { lines, source: "pos", country: "US" });
    stack.shopify.requestCustomerData(order);
    const frame = appFrame(admin);
    const home = frame.getByText("A customer asked for their data");
    await expect
      .poll(
        async () => {
          await admin.goto(adminUrl("asks"));
          await frame.getByRole("heading", { level: 1 }).waitFor();
          return home.count();
        },
        { timeout: A_ROUND_MS, interval: 5_000 },
      )
      .toBe(1);

    await openAppPage(admin, "Data requests");
    const row = frame.getByRole("row").filter({ hasText: `#${order.number}` });
    expect(await row.innerText()).toMatch(/Ready[^]*30/);
    const downloading = admin.waitForEvent("download");
    await row.getByRole("button", { name: /Download/ }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^data-request-\d+\.json$/);
    const file: unknown = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(file).toMatchObject({ events: [{ name: "Purchase", orderId: order.id }] });

    await row.getByText("You have the file.").waitFor();
    await admin.goto(adminUrl("asks"));
    await frame.getByRole("heading", { level: 1 }).waitFor();
    expect(await home.count()).toBe(0);
    expect(scene.merchant.consoleErrors).toEqual([]);
  },
  A_ROUND_MS + 60_000,
);
