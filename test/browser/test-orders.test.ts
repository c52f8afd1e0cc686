import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { adminUrl, appFrame, connectPixel, openApp, openAppPage } from "../simulators/merchant.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "tries";
const PIXEL = { metaPixelId: "1212121212121212", token: "EAAtries0token0of0a0simulated0dataset" };
const CODE = "TEST4711";

let scene: ShopScene;
beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  scene.stack.meta.addDataset(PIXEL);
  await openApp(scene.admin, STORE);
  await connectPixel(scene.admin, PIXEL);
});
afterAll(() => scene.close());

const placeTestOrder = () =>
  scene.stack.shopify.placeOrder(STORE, {
    lines: [{ variantId: PRODUCTS[0]?.variants[0]?.id ?? "", quantity: 1 }],
    ...{ source: "pos", country: "US", test: true },
  });
const receivedFor = (orderId: string) =>
  scene.stack.meta.received().filter(({ eventId }) => eventId === `purchase.${STORE}.${orderId}`);

/** What the live view says of an order. */
const cardOf = (frame: FrameLocator, number: number): Locator =>
  frame.getByRole("region", { name: `Purchase, order #${number}`, exact: true });

async function enterCode(): Promise<void> {
  const settings = await openAppPage(scene.admin, "Settings");
  const form = settings.getByRole("form", { name: "Connect a pixel" });
  await form.getByLabel("Pixel ID").fill(PIXEL.metaPixelId);
  await form.getByLabel("Test event code").fill(CODE);
  await form.getByRole("button", { name: "Replace token" }).click();
  await settings.getByText(`Test event code ${CODE} is set.`).waitFor();
}

test(
  "a merchant proves a Purchase with a test order, live, and takes the code away again",
  async () => {
    const { admin, stack, merchant } = scene;
    const before = placeTestOrder();
    const frame = await openAppPage(admin, "Test");
    await cardOf(frame, before.number).getByText("enter it with your pixel under Settings").waitFor();
    await frame.getByText("A test Purchase needs a test event code.").waitFor();
    expect(receivedFor(before.id)).toEqual([]);

    await enterCode();
    await openAppPage(admin, "Test");
    await frame.getByText(`Pixel ${PIXEL.metaPixelId} has the test event code ${CODE}.`).waitFor();
    await frame.getByText("Live: new events appear by themselves.").waitFor();
    const order = placeTestOrder();
    const card = cardOf(frame, order.number);
    await card.getByText(`Meta took it under the code ${CODE}.`).waitFor({ timeout: PATIENCE_MS });
    expect(await card.getByRole("listitem").filter({ hasText: "Value and currency" }).innerText()).toMatch(/There/);
    await card.getByText("Customer data").waitFor();
    expect(receivedFor(order.id)).toMatchObject([
      { metaPixelId: PIXEL.metaPixelId, serverCopies: 1, server: { testEventCode: CODE } },
    ]);

    await frame.getByRole("button", { name: "Send a test Purchase" }).click();
    const sent = frame.getByRole("region", { name: "Purchase", exact: true });
    await sent.getByText(`Meta took it under the code ${CODE}.`).waitFor({ timeout: PATIENCE_MS });
    const own = () => stack.meta.received().filter(({ eventId }) => eventId?.startsWith("test."));
    expect(own()).toMatchObject([{ eventName: "Purchase", value: 1, server: { testEventCode: CODE } }]);
    await admin.reload();
    await sent.waitFor();
    expect(own()).toHaveLength(1);

    await frame.getByRole("button", { name: "Pause" }).click();
    await frame.getByText("Paused: nothing new appears.").waitFor();
    const unseen = placeTestOrder();
    await vi.waitFor(() => expect(receivedFor(unseen.id)).toHaveLength(1), PATIENCE_MS);
    expect(await cardOf(frame, unseen.number).count()).toBe(0);
    await frame.getByRole("button", { name: "Resume" }).click();
    await cardOf(frame, unseen.number).waitFor();

    await admin.goto(adminUrl(STORE));
    await appFrame(admin).getByText(`Pixel ${PIXEL.metaPixelId} still has the test event code ${CODE}`).waitFor();
    await openAppPage(admin, "Test");
    await frame.getByRole("button", { name: `Remove code of pixel ${PIXEL.metaPixelId} for test events` }).click();
    await frame
      .getByRole("button", { name: "Enter a code" })
      .or(frame.getByRole("link", { name: "Enter a code" }))
      .waitFor();
    const after = placeTestOrder();
    await cardOf(frame, after.number).getByText("enter it with your pixel under Settings").waitFor();
    expect(receivedFor(after.id)).toEqual([]);
    expect(merchant.consoleErrors).toEqual([]);
  },
  5 * PATIENCE_MS,
);
