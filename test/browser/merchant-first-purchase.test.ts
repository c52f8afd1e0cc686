import type { FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newShopper } from "../simulators/browser.ts";
import { adminUrl, appFrame, openApp, pressDiscard, pressUntil, toast } from "../simulators/merchant.ts";
import type { ReceivedEvent } from "../simulators/meta/event-ledger.ts";
import { PRODUCTS } from "../simulators/shopify/shop-seeds.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import {
  expectFitForReading,
  type Merchant,
  merchantsOf,
  openFromNavigation,
  openMerchantScene,
} from "./merchant-scene.ts";
import { publishedTo, received, shopUrl, type ShopScene, WITHOUT_BANNER } from "./shop-scene.ts";

// The first hour of a merchant, in each language: from the installation to a Purchase that Meta has received, and then
// the same shop on a phone.

const MERCHANTS = merchantsOf("first");
const CODE = "TEST30817";
const PHONE = { width: 390, height: 844 };

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openMerchantScene(MERCHANTS);
  admin = scene.admin;
  frame = appFrame(admin);
});
afterAll(() => scene.close());
beforeEach(() => admin.setViewportSize({ width: 1280, height: 900 }));
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

/** The events of a name that the merchant's pixel received. */
const receivedBy = ({ pixel }: Merchant, name: string): readonly ReceivedEvent[] =>
  received(name, scene).filter(({ metaPixelId }) => metaPixelId === pixel.metaPixelId);

const step = (id: string): Locator => frame.locator(`li[data-step=${id}]`);

const doneSteps = (): Promise<(string | null)[]> =>
  frame
    .locator("li[data-step][data-done=true]")
    .evaluateAll((steps) => steps.map((line) => line.getAttribute("data-step")));

async function install({ store, words, language }: Merchant): Promise<void> {
  await openApp(admin, store);
  await frame.getByRole("heading", { name: words.text("home.guide.title") }).waitFor();
  await frame.getByText(words.text("home.account.not-connected")).waitFor();
  await expectFitForReading(admin, { language });
}

/** From the guide to the settings, with the address that Events Manager shows, and what Meta says of the token. */
async function connect({ words, language, pixel: { metaPixelId, token } }: Merchant): Promise<void> {
  const form = frame.getByRole("form", { name: words.text("pixels.connect") });
  await pressUntil(step("pixel").getByText(words.text("home.guide.to.settings"), { exact: true }), form);
  const address = `https://business.facebook.com/events_manager2/list/dataset/${metaPixelId}/overview?business_id=20016`;
  await form.getByLabel(words.text("pixels.id")).fill(address);
  await form.getByText(words.text("pixels.id.in-address", { pixel: metaPixelId })).waitFor();
  await form.getByLabel(words.text("pixels.token")).fill(token);
  await form.getByLabel(words.text("pixels.test-code")).fill(CODE);
  await form.getByRole("button", { name: words.text("pixels.connect-pixel") }).click();
  await toast(admin, words.text("settings.toast.valid"));
  await frame.getByText(words.text("pixels.test-code-set", { code: CODE })).waitFor();
  await frame.getByRole("button", { name: words.text("pixels.check-pixel.of", { pixel: metaPixelId }) }).click();
  await toast(admin, words.text("settings.toast.checked-valid"));
  await expectFitForReading(admin, { language });
}

/** Follows the guide into the theme editor, whose link has the embed switched on already. */
async function switchEmbedOn({ store }: Merchant): Promise<void> {
  await openApp(admin, store);
  const opened = admin.waitForEvent("popup");
  await step("embed").locator("s-button").click();
  const editor = await opened;
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.getByRole("status").getByText("Saved").waitFor();
  await editor.close();
  await openApp(admin, store);
  await expect.poll(doneSteps).toEqual(["pixel", "token", "web-pixel", "embed"]);
}

/** Somebody looks at a product, which both legs report. */
async function lookAtProduct(merchant: Merchant): Promise<void> {
  await vi.waitFor(() => expect(publishedTo(merchant.store, scene)["pixels"]).toHaveLength(1), PATIENCE_MS);
  const shopper = await newShopper(scene.browser, { locale: merchant.language });
  const page = await shopper.context.newPage();
  await page.goto(shopUrl(merchant.store, `/products/stoneware-mug?${WITHOUT_BANNER}`));
  await vi.waitFor(
    () => expect(receivedBy(merchant, "ViewContent")).toMatchObject([{ merged: true, differences: [] }]),
    PATIENCE_MS,
  );
  await shopper.close();
}

/** A sale in Shopify's test mode, to someone from where no consent is asked for. Returns the order's ID. */
function placeTestOrder({ store }: Merchant): string {
  const lines = [{ variantId: PRODUCTS[0]?.variants[0]?.id ?? "", quantity: 1 }];
  return scene.stack.shopify.placeOrder(store, { lines, source: "pos", country: "US", test: true }).id;
}

async function removeTestCode({ words, language, pixel: { metaPixelId } }: Merchant): Promise<void> {
  const need = frame.locator("[data-need=test-code]");
  const confirm = frame.getByRole("button", { name: words.text("testing.code.remove.confirm") });
  await pressUntil(need.locator("s-button"), confirm);
  await frame
    .getByRole("dialog", { name: words.text("testing.code.remove.heading", { pixel: metaPixelId }) })
    .waitFor();
  await confirm.click();
  await toast(admin, words.text("testing.done.code-removed"));
  await need.waitFor({ state: "detached" });
  await expectFitForReading(admin, { language });
}

describe.each(MERCHANTS)("a merchant who reads $language", (merchant) => {
  const { store, words, language, pixel } = merchant;

  test("comes from the installation to the first Purchase at Meta by a test order", async () => {
    await install(merchant);
    await connect(merchant);
    await switchEmbedOn(merchant);
    await lookAtProduct(merchant);
    const order = placeTestOrder(merchant);
    const eventId = `purchase.${store}.${order}`;
    await vi.waitFor(
      () =>
        expect(receivedBy(merchant, "Purchase")).toMatchObject([
          { eventId, metaPixelId: pixel.metaPixelId, serverCopies: 1, server: { testEventCode: CODE } },
        ]),
      PATIENCE_MS,
    );
    await expect
      .poll(async () => {
        await openApp(admin, store);
        return frame.locator("s-page").innerText();
      })
      .toContain(words.text("home.guide.complete"));
    expect(await step("purchase").count()).toBe(0);
    await expectFitForReading(admin, { language });
    await removeTestCode(merchant);
  });

  test("finds on a phone what happened, with both legs in sight, and nothing scrolls sideways", async () => {
    await admin.setViewportSize(PHONE);
    await openApp(admin, store);
    await expectFitForReading(admin, merchant);
    await openFromNavigation(admin, "events", merchant);
    const card = frame.getByRole("row").filter({ hasText: "ViewContent" });
    // Meta has an event before the app has recorded the answer. Not a reload: the admin may not know yet where it is.
    await expect
      .poll(async () => {
        await admin.goto(adminUrl(store, "/app/events"));
        return card.innerText();
      })
      .toContain(words.text("legs.reached.both"));
    for (const leg of ["browser", "server", "legs"] as const) {
      const cell = card
        .getByRole("cell")
        .filter({ hasText: words.text(`events.column.${leg}`) })
        .last();
      expect(await isInSight(cell), leg).toBe(true);
    }
    await expectFitForReading(admin, merchant);

    await frame.getByRole("row").filter({ hasText: "Purchase" }).locator("s-link[href*=orders]").click();
    await frame.getByRole("heading", { level: 2, name: words.text("orderPage.summary") }).waitFor();
    await expectFitForReading(admin, merchant);
  });

  test("gets the save bar on a phone as soon as something in the settings changed", async () => {
    await admin.setViewportSize(PHONE);
    await admin.goto(adminUrl(store, "/app/settings/advanced"));
    const wait = frame.getByLabel(words.text("settings.wait"));
    await wait.fill("47");
    const bar = admin.locator("#save-bar");
    await bar.waitFor();
    expect(await isInSight(bar)).toBe(true);
    await expectFitForReading(admin, merchant);
    await pressDiscard(admin);
    await bar.waitFor({ state: "hidden" });
    expect(await wait.inputValue()).not.toBe("47");
  });
});

/** Whether nothing of it lies beside the screen of the phone. */
async function isInSight(part: Locator): Promise<boolean> {
  const box = await part.boundingBox();
  return box !== null && box.width > 0 && box.x >= 0 && box.x + box.width <= PHONE.width;
}
