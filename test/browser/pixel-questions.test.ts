import type { FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { adminUrl, appFrame, connectPixel, openApp, toast } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { openShopScene, publishedTo, type ShopScene } from "./shop-scene.ts";

const STORE = "asks";
const NUMBER = PIXEL.metaPixelId;
const CODE = "TEST777";

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

const card = (): Locator => frame.getByRole("region", { name: `Pixel ${NUMBER}`, exact: true });
/** The contents of a question stand beside its dialog, which takes them in by its slots. */
const question = (name: string): Locator => frame.locator(`s-modal[heading="${name}"]`);
const nameOfFocus = (): Promise<string | null> =>
  frame
    .locator("body")
    .evaluate((body) => body.ownerDocument.activeElement?.getAttribute("accessibilityLabel") ?? null);

type Asked = { readonly name: string; readonly says: string };

/** Presses the button whose question this is, reads it, and thinks better of it by the way given. */
async function cancel(button: Locator, asked: Asked, by: "button" | "key"): Promise<void> {
  await button.click();
  await frame.getByRole("dialog", { name: asked.name }).waitFor();
  const says = question(asked.name).getByText(asked.says);
  await says.waitFor();
  if (by === "key") await admin.keyboard.press("Escape");
  else await question(asked.name).getByRole("button", { name: "Cancel" }).click();
  await says.waitFor({ state: "hidden" });
}

async function enterCode(): Promise<void> {
  await admin.goto(adminUrl(STORE, "/app/settings"));
  const form = frame.getByRole("form", { name: "Connect a pixel" });
  await form.getByLabel("Pixel ID").fill(NUMBER);
  await form.getByLabel("Test event code").fill(CODE);
  await form.getByRole("button", { name: "Replace token" }).click();
  await card().getByText(`Test event code ${CODE} is set.`).waitFor();
  await card().getByText("Sending").waitFor();
}

test.each([
  [`Pause pixel ${NUMBER}`, "are listed as not sent"],
  [`Disconnect pixel ${NUMBER}`, "Tandem deletes its token."],
])("%s asks, and cancelling changes nothing and leads back to the button", async (name, says) => {
  await admin.goto(adminUrl(STORE, "/app/settings"));
  const button = card().getByRole("button", { name });
  for (const by of ["button", "key"] as const) {
    await cancel(button, { name: `${name}?`, says }, by);
    await expect.poll(nameOfFocus).toBe(name);
  }
  await card().getByText("Sending").waitFor();
  await admin.reload();
  await card().getByText("Sending").waitFor();
  expect(publishedTo(STORE, scene)["pixels"]).toHaveLength(1);
});

test("a test event code is removed where it is listed, after a question", async () => {
  await enterCode();
  const name = `Remove code of pixel ${NUMBER} for test events`;
  const asked = { name: `Remove the test event code of pixel ${NUMBER}?`, says: "Real orders go on as before." };
  const button = card().getByRole("button", { name });
  await cancel(button, asked, "button");
  await expect.poll(nameOfFocus).toBe(name);
  await card().getByText(`Test event code ${CODE} is set.`).waitFor();

  await button.click();
  await question(asked.name).getByRole("button", { name: "Yes, remove it" }).click();
  await toast(admin, /The test event code is removed/);
  await button.waitFor({ state: "detached" });
  await card().getByText("Sending").waitFor();
});

test("Home removes a code that was left in, without leaving Home", async () => {
  await enterCode();
  await admin.goto(adminUrl(STORE));
  const need = frame.locator("[data-need=test-code]");
  const asked = { name: `Remove the test event code of pixel ${NUMBER}?`, says: "Real orders go on as before." };
  const button = need.getByRole("button", { name: `Remove code of pixel ${NUMBER} for test events` });
  await cancel(button, asked, "button");
  await need.waitFor();
  await button.click();
  await question(asked.name).getByRole("button", { name: "Yes, remove it" }).click();
  await toast(admin, /The test event code is removed/);
  await need.waitFor({ state: "detached" });
  await frame.getByRole("heading", { level: 1, name: "Home" }).waitFor();
});

test("confirming pauses a pixel, and disconnects it", async () => {
  await admin.goto(adminUrl(STORE, "/app/settings"));
  await card()
    .getByRole("button", { name: `Pause pixel ${NUMBER}` })
    .click();
  await question(`Pause pixel ${NUMBER}?`).getByRole("button", { name: "Yes, pause it" }).click();
  await toast(admin, /Pixel paused/);
  await card()
    .getByRole("button", { name: `Resume pixel ${NUMBER}` })
    .waitFor();
  await expect.poll(() => publishedTo(STORE, scene)["pixels"]).toEqual([]);

  await card()
    .getByRole("button", { name: `Disconnect pixel ${NUMBER}` })
    .click();
  await question(`Disconnect pixel ${NUMBER}?`)
    .getByRole("button", { name: `Yes, disconnect ${NUMBER}` })
    .click();
  await toast(admin, /Pixel disconnected/);
  await card().waitFor({ state: "detached" });
});
