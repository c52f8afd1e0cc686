import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newShopper } from "../simulators/browser.ts";
import {
  adminUrl,
  appFrame,
  chooseStorefrontMode,
  connectPixel,
  openApp,
  openAppPage,
  sendPixelForm,
  switchEmbedOn,
  toast,
} from "../simulators/merchant.ts";
import { PRODUCTS, shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import {
  bothLegs,
  buy,
  ledgerLine,
  openShopScene,
  publishedTo,
  received,
  shopUrl,
  type ShopScene,
  WITHOUT_BANNER,
} from "./shop-scene.ts";

// A shop for each test, since what the app once saw of a shop stays true.
const STORES = ["guide", "mistakes", "measures", "ledger", "pauses", "leaves", "stays"];
const VARIANT = PRODUCTS[0]?.variants[0]?.id ?? "";

/** The pixel as browsers are told of it. */
const SERVED = { id: PIXEL.metaPixelId, countries: null, eventsOff: [] };

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({
    shops: shopsCalled(...STORES),
  });
  admin = scene.admin;
  frame = appFrame(admin);
});
afterAll(() => scene.close());
beforeEach(() => scene.stack.meta.reset());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

async function installAndConnect(store: string): Promise<void> {
  await openApp(admin, store);
  await connectPixel(admin, PIXEL);
}

/** A sale at the till, to someone from where no consent is asked for: it waits for no browser. */
const sellAtTill = (store: string) =>
  scene.stack.shopify.placeOrder(store, { lines: [{ variantId: VARIANT, quantity: 1 }], source: "pos", country: "US" });

const purchaseOf = (store: string, { id }: { readonly id: string }): string => `purchase.${store}.${id}`;
const purchaseIds = () => received("Purchase", scene).map(({ eventId }) => eventId);

/** What Home reads after it has been opened again. */
async function homeSays(): Promise<string> {
  await openApp(admin, "guide");
  return frame.locator("s-page").innerText();
}

/** Which steps of the setup guide are done. */
const doneSteps = (): Promise<(string | null)[]> =>
  frame
    .locator("li[data-step][data-done=true]")
    .evaluateAll((steps) => steps.map((step) => step.getAttribute("data-step")));

const nameOfFocus = (): Promise<string | null> =>
  frame.locator("body").evaluate((body) => body.ownerDocument.activeElement?.getAttribute("name") ?? null);

test("the setup guide's steps are completed by recorded facts, one after another", async () => {
  await openApp(admin, "guide");
  // Without a reload: the page follows what Shopify is just being given.
  await expect.poll(doneSteps).toEqual(["web-pixel"]);
  expect(scene.stack.shopify.shop("guide").installation.webPixel).not.toBeNull();

  await connectPixel(admin, PIXEL);
  await switchEmbedOn(admin, "guide");
  await openApp(admin, "guide");
  await expect.poll(doneSteps).toEqual(["pixel", "token", "web-pixel", "embed"]);

  const shopper = await newShopper(scene.browser);
  const page = await shopper.context.newPage();
  await page.goto(shopUrl("guide", `/?${WITHOUT_BANNER}`));
  await bothLegs("PageView", scene);
  // Meta has them before the app has recorded its answer.
  await expect
    .poll(async () => {
      await openApp(admin, "guide");
      return doneSteps();
    })
    .toEqual(["pixel", "token", "web-pixel", "embed", "browser-event", "server-event", "pair"]);
  sellAtTill("guide");
  await expect.poll(purchaseIds).toHaveLength(1);
  await expect.poll(homeSays).toContain("Everything is set up, and Tandem has seen it work.");
  expect(await frame.locator("li[data-step][data-done=false]").count()).toBe(0);
  await shopper.close();
});

describe("a pixel that cannot work", () => {
  const problemAt = (label: string) =>
    frame.getByLabel(label).evaluate((input) => {
      const ids = (input.getAttribute("aria-describedby") ?? "").split(" ");
      const root = input.getRootNode() as ShadowRoot;
      return ids.map((id) => root.getElementById(id)?.textContent ?? "").join(" ");
    });

  test("is refused at its field, with where to find the right value, and nothing that was typed is lost", async () => {
    await openApp(admin, "mistakes");
    await openAppPage(admin, "Settings");

    await sendPixelForm(admin, { metaPixelId: "my pixel", token: PIXEL.token });
    await expect.poll(() => problemAt("Pixel ID")).toMatch(/digits only.*Events Manager/);
    await expect.poll(nameOfFocus).toBe("pixelId");
    expect(scene.stack.meta.requests()).toEqual([]);

    await sendPixelForm(admin, { metaPixelId: PIXEL.metaPixelId, token: "EAAsome0other0token" });
    await expect.poll(() => problemAt("Access token")).toMatch(/does not accept.*Events Manager/);
    await expect.poll(nameOfFocus).toBe("token");
    expect(await problemAt("Pixel ID")).not.toMatch(/digits only/);

    expect(await frame.getByLabel("Pixel ID").inputValue()).toBe(PIXEL.metaPixelId);
    expect(await frame.getByLabel("Access token").inputValue()).toBe("EAAsome0other0token");
    const card = frame.getByRole("region", { name: `Pixel ${PIXEL.metaPixelId}`, exact: true });
    await card.getByText(/does not accept/).waitFor();

    await sendPixelForm(admin, PIXEL);
    await toast(admin, "Pixel connected: Meta accepts the token");
    await card.getByText("Sending").waitFor();
    await expect.poll(() => frame.getByLabel("Access token").inputValue()).toBe("");
    await expect.poll(() => publishedTo("mistakes", scene)["pixels"]).toEqual([SERVED]);
  });
});

test("saving a choice publishes a new version to the storefront, without the token", async () => {
  await installAndConnect("measures");
  const before = Number(publishedTo("measures", scene)["version"]);
  await chooseStorefrontMode(admin, "embed");

  const expected = { version: before + 1, storefrontMode: "embed", pixels: [SERVED] };
  const { installation } = scene.stack.shopify.shop("measures");
  await expect.poll(() => publishedTo("measures", scene)).toMatchObject(expected);
  const metafields = Object.values(installation.metafields);
  expect(JSON.parse(metafields.find(({ key }) => key === "settings")?.value ?? "")).toMatchObject(expected);
  expect(JSON.stringify([metafields, installation.webPixel])).not.toContain(PIXEL.token);
  expect(await frame.locator("html").innerHTML()).not.toContain(PIXEL.token);
});

test("replacing a token focuses the empty token field", async () => {
  await admin.goto(adminUrl("measures", "/app/settings"));
  await frame.getByRole("button", { name: `Replace token of pixel ${PIXEL.metaPixelId}` }).click();
  await expect.poll(nameOfFocus).toBe("token");
  expect(await frame.getByLabel("Access token").inputValue()).toBe("");
});

describe("with one purchase counted", () => {
  let orderId: string;
  beforeAll(async () => {
    await installAndConnect("ledger");
    const shopper = await newShopper(scene.browser);
    orderId = await buy(await shopper.context.newPage(), { store: "ledger", query: WITHOUT_BANNER }, scene);
    await bothLegs("Purchase", scene);
    await shopper.close();
  });

  test("the list shows that its legs agree, and the event's page shows both, side by side, with Meta's answer", async () => {
    await expect.poll(() => ledgerLine("ledger", orderId, scene)).toMatch(/Delivered/);
    expect(await ledgerLine("ledger", orderId, scene)).toMatch(/Purchase[^]*18\.90[^]*Sent[^]*Delivered[^]*Matched/);

    await frame.getByRole("row").getByRole("link", { name: "Purchase" }).click();
    await frame.getByRole("heading", { name: "Both legs, side by side" }).waitFor();
    const cells = (name: string) => frame.locator(`[data-parameter="${name}"]`).getByRole("cell").allInnerTexts();
    expect(await cells("value")).toEqual(["value", "18.9", "18.9", "Same"]);
    expect(await cells("currency")).toEqual(["currency", "EUR", "EUR", "Same"]);
    expect(await frame.getByText("Different").count()).toBe(0);
    const delivery = frame.getByRole("region", { name: `Pixel ${PIXEL.metaPixelId}`, exact: true });
    expect(await delivery.innerText()).toMatch(/Accepted[^]*HTTP 200[^]*trace ID \S+/);
  });
});

test("a paused pixel gets nothing, and events during the pause are withheld and not sent afterwards", async () => {
  await installAndConnect("pauses");
  await frame.getByRole("button", { name: `Pause pixel ${PIXEL.metaPixelId}` }).click();
  await frame.getByRole("button", { name: "Yes, pause it" }).click();
  await toast(admin, /Pixel paused/);
  await expect.poll(() => publishedTo("pauses", scene)["pixels"]).toEqual([]);
  const meanwhile = sellAtTill("pauses");
  await expect.poll(() => ledgerLine("pauses", meanwhile.id, scene)).toMatch(/Not sent[^]*paused/);

  await admin.goto(adminUrl("pauses", "/app/settings"));
  await frame.getByRole("button", { name: `Resume pixel ${PIXEL.metaPixelId}` }).click();
  await toast(admin, /Pixel resumed/);
  await expect.poll(() => publishedTo("pauses", scene)["pixels"]).toEqual([SERVED]);
  const afterwards = sellAtTill("pauses");
  await expect.poll(purchaseIds).toEqual([purchaseOf("pauses", afterwards)]);
});

test("after an uninstall nothing of the shop is sent, and its tokens are gone even after a reinstall", async () => {
  await installAndConnect("leaves");
  // The page left open is this shop's: the admin takes the app's frame away before it uninstalls.
  await installAndConnect("stays");
  const { shopify } = scene.stack;
  shopify.uninstall("leaves");
  await shopify.settled();
  sellAtTill("leaves");
  await shopify.settled();
  const elsewhere = sellAtTill("stays");
  await expect.poll(purchaseIds).toEqual([purchaseOf("stays", elsewhere)]);

  await openApp(admin, "leaves");
  expect(await doneSteps()).not.toContain("pixel");
  await openAppPage(admin, "Settings");
  await frame.getByText("No token is stored, so the server sends nothing to this pixel.").waitFor();
});

test("opened outside the admin, the app introduces itself, and requires the shop before it shows anything", async () => {
  const visitor = await newShopper(scene.browser);
  const page = await visitor.context.newPage();
  await page.goto(scene.stack.app.url);
  await page.getByText("It does not rate ads.").waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("link", { name: "Open Tandem in your shop" }).click();
  await page.waitForURL(/\/auth\/login/);
  await page.getByLabel("Shop domain").fill("my shop");
  await page.getByRole("button", { name: "Continue to Shopify" }).click();
  await page.getByText("Enter the myshopify.com domain").waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.goto(`${scene.stack.app.url}/app/events`);
  await page.waitForURL(/\/auth\/login/);
  expect(visitor.consoleErrors).toEqual([]);
  await visitor.close();
});
