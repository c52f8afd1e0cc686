import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, pressSave, toast } from "../simulators/merchant.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { expectFitForReading, type Merchant, merchantsOf, openMerchantScene } from "./merchant-scene.ts";
import type { ShopScene } from "./shop-scene.ts";

// German and Czech texts are the longest. Each page of the settings with everything in it and with something wrong.

const MERCHANTS = merchantsOf("reads").filter(({ language }) => language !== "en");
const WIDTHS = [1280, 390];

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openMerchantScene(MERCHANTS);
  admin = scene.admin;
  frame = appFrame(admin);
});
afterAll(() => scene.close());
afterEach(() => expect(scene.merchant.consoleErrors.splice(0)).toEqual([]));

async function openPage({ store, words }: Merchant, page: PageName): Promise<void> {
  await admin.goto(adminUrl(store, page === "pixels" ? "/app/settings" : `/app/settings/${page}`));
  const name = words.text(`frame.page.settings-${page}`);
  await frame.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

async function expectFitAtEachWidth(merchant: Merchant): Promise<void> {
  for (const width of WIDTHS) {
    await admin.setViewportSize({ width, height: 900 });
    await expectFitForReading(admin, merchant);
  }
  await admin.setViewportSize({ width: 1280, height: 900 });
}

async function sendPixel({ words }: Merchant, fields: { id: string; token: string; code?: string }): Promise<void> {
  const form = frame.getByRole("form", { name: words.text("pixels.connect") });
  await form.locator("[name=pixelId] input").fill(fields.id);
  await form.locator("[name=token] input").fill(fields.token);
  await form.locator("[name=testEventCode] input").fill(fields.code ?? "");
  await form.locator("s-button[type=submit]").click();
}

type PageName = "pixels" | "purchase" | "storefront-events" | "consent" | "forms" | "advanced";

/** Makes a mistake on a page, which its save refuses. */
const MISTAKES: Readonly<Record<Exclude<PageName, "pixels" | "consent" | "forms">, () => Promise<unknown>>> = {
  purchase: () => frame.locator("[name=purchaseTrigger] select").selectOption("tagged"),
  "storefront-events": async () => {
    await frame.locator("[name=contentId] select").selectOption("shopify_country_product_variant");
    await frame.locator("[name=contentCountry] input").fill("1");
  },
  advanced: () => frame.locator("[name=contextWaitSeconds] input").fill("9999"),
};

describe.each(MERCHANTS)("the settings in $language", (merchant) => {
  const { store, words, pixel } = merchant;

  test(
    "show pixels in every state, and what is wrong with one, without a cut or an English word",
    async () => {
      await openApp(admin, store);
      await openPage(merchant, "pixels");
      await sendPixel(merchant, { id: pixel.metaPixelId, token: pixel.token, code: "TEST30817" });
      await toast(admin, words.text("settings.toast.valid"));
      await frame.getByText(words.text("pixels.test-code-set", { code: "TEST30817" })).waitFor();

      await sendPixel(merchant, { id: "999999999999999", token: "EAAwrong0token0of0another0pixel" });
      await toast(admin, words.text("settings.toast.refused"));
      await frame.locator("[name=pixelId][error], [name=token][error]").first().waitFor();
      await frame.getByRole("button", { name: words.text("pixels.limits.of", { pixel: pixel.metaPixelId }) }).click();
      await frame.locator("[name=countries] input").fill("Deutschland");
      await expectFitAtEachWidth(merchant);
      await frame
        .getByRole("form", { name: words.text("pixels.limits.of", { pixel: pixel.metaPixelId }) })
        .locator("s-button[type=submit]")
        .click();
      await frame.locator("[name=countries][error]").waitFor();
      await expectFitAtEachWidth(merchant);
    },
    2 * PATIENCE_MS,
  );

  test.each(["purchase", "storefront-events", "advanced"] as const)(
    "fit on the page %s, with a mistake",
    async (page) => {
      await openPage(merchant, page);
      await expectFitAtEachWidth(merchant);
      await MISTAKES[page]();
      await pressSave(admin);
      await frame.locator("s-page [error]").first().waitFor();
      await expectFitAtEachWidth(merchant);
    },
  );

  test.each(["consent", "forms"] as const)("fit on the page %s", async (page) => {
    await openPage(merchant, page);
    await expectFitAtEachWidth(merchant);
  });
});
