import type { FrameLocator } from "playwright-core";
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
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "rehearses";
const PIXEL = { metaPixelId: "3434343434343434", token: "EAArehearses0token0of0a0simulated0dataset" };
const ASKS = "It would have changed events of the last 7 days";

let scene: ShopScene;
let frame: FrameLocator;
beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  scene.stack.meta.addDataset(PIXEL);
  await openApp(scene.admin, STORE);
  frame = await connectPixel(scene.admin, PIXEL);
});
afterAll(() => scene.close());

const choice = () => frame.getByLabel("Value of a purchase");
const savedChoice = async (): Promise<unknown> => {
  const shown: unknown = JSON.parse(await scene.runShop("show", "--shop", `${STORE}.myshopify.com`, "--json"));
  return (shown as { readonly settings: Record<string, unknown> }).settings["valueBasis"];
};

test(
  "a merchant sees what another value would have changed, saves it, and goes back",
  async () => {
    const { admin, stack } = scene;
    // Shipping makes the order's total another value than its items. A draft order has no browser to wait for.
    const order = stack.shopify.placeOrder(STORE, {
      lines: [{ variantId: PRODUCTS[0]?.variants[0]?.id ?? "", quantity: 1 }],
      ...{ source: "shopify_draft_order", country: "US" },
    });
    const isReceived = () => stack.meta.received().some(({ eventId }) => eventId === `purchase.${STORE}.${order.id}`);
    await expect.poll(isReceived, { timeout: PATIENCE_MS }).toBe(true);

    await openSettingsPage(admin, "Purchase");
    const before = await choice().inputValue();
    expect(before).toBe("subtotal");
    await choice().selectOption("total");
    await pressSave(admin);
    await frame.getByText(ASKS).waitFor();
    await frame.getByText(`#${order.number}, Purchase`).waitFor();
    await frame.getByText("1 event would have another value").waitFor();
    expect(await savedChoice()).toBe(before);

    await frame.getByRole("button", { name: "Keep editing" }).click();
    await frame.getByText(ASKS).waitFor({ state: "hidden" });
    expect(await choice().inputValue()).toBe("total");
    await pressSave(admin);
    await frame.getByText(ASKS).waitFor();
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    await toast(admin, /Settings saved/);
    expect(await savedChoice()).toBe("total");

    await admin.goto(adminUrl(STORE, "/app/settings/versions"));
    frame = appFrame(admin);
    const versions = frame.getByRole("link", { name: /^Version \d+$/ });
    await versions.nth(1).click();
    await frame.getByRole("button", { name: "Go back to this version" }).waitFor();
    await frame.getByText(`#${order.number}, Purchase`).waitFor();
    await frame.getByRole("button", { name: "Go back to this version" }).click();
    await toast(admin, /Saved as version/);
    expect(await savedChoice()).toBe(before);
  },
  10 * PATIENCE_MS,
);
