import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newShopper, type Shopper } from "../simulators/browser.ts";
import { adminUrl, appFrame, openApp, openAppPage, pressSave, sendPixelForm, toast } from "../simulators/merchant.ts";
import { addToCart, answerBanner, pay } from "../simulators/shopper.ts";
import { choose, openShopScene, publishedTo, shopUrl, type ShopScene } from "./shop-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

// A shop in Berlin that sells to the United States too.
const STORE = "tandem-demo";
const GERMANY = { metaPixelId: "1111222233334444", token: "EAAgermany0token0of0a0simulated0dataset" };
const WORLD = { metaPixelId: "5555666677778888", token: "EAAworld0token0of0a0simulated0dataset" };
const BASKET = "BasketFilled";

let scene: ShopScene;
let shopper: Shopper;
let page: Page;

beforeAll(async () => {
  scene = await openShopScene();
  const { admin, stack } = scene;
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
  for (const pixel of [GERMANY, WORLD]) {
    stack.meta.addDataset(pixel);
    await sendPixelForm(admin, pixel);
    await appFrame(admin)
      .getByRole("region", { name: `Pixel ${pixel.metaPixelId}`, exact: true })
      .waitFor();
  }
  await limitToGermany(admin);
  await nameBaskets(admin);
});
afterAll(() => scene.close());
beforeEach(async () => {
  scene.stack.meta.reset();
  shopper = await newShopper(scene.browser);
  page = await shopper.context.newPage();
});
afterEach(async () => {
  const noise = [...shopper.consoleLines, ...shopper.failedRequests];
  await shopper.close();
  expect(noise).toEqual([]);
});

async function limitToGermany(admin: Page): Promise<void> {
  const settings = appFrame(admin);
  await settings.getByRole("button", { name: `Limits of pixel ${GERMANY.metaPixelId}` }).click();
  const form = settings.getByRole("form", { name: `Limits of pixel ${GERMANY.metaPixelId}` });

  await form.getByLabel("Countries").fill("Germany");
  await form.getByRole("button", { name: "Save limits" }).click();
  await form.getByText("GERMANY: write countries as two letters").waitFor();

  await form.getByLabel("Countries").fill("de");
  await form.getByRole("button", { name: "Save limits" }).click();
  await settings.getByText("Limited to countries: DE.").waitFor();
}

async function nameBaskets(admin: Page): Promise<void> {
  await admin.goto(adminUrl(STORE, "/app/settings/storefront-events"));
  const form = appFrame(admin).getByRole("form", { name: "Storefront events" });
  const name = form.getByLabel("A product is added to the cart: sent as");

  await name.fill("LoanBasket");
  await pressSave(admin);
  await form.getByText("this one sounds like finance").waitFor();

  await name.fill(BASKET);
  await pressSave(admin);
  await toast(admin, /Settings saved/);
  await vi.waitFor(() => expect(JSON.stringify(publishedTo(STORE, scene)["events"])).toContain(BASKET), PATIENCE_MS);
}

/** What Meta counted, by pixel: each event's name, and whether both legs made it one. */
function countedBy(metaPixelId: string): readonly string[] {
  const events = scene.stack.meta.received().filter((event) => event.metaPixelId === metaPixelId);
  return events.map(({ eventName, merged }) => `${eventName}${merged ? "" : " (one leg)"}`).sort();
}

/** From a product to the thank-you page; stays on each page until Meta has heard of it from both sides. */
async function buy(query: string, before: () => Promise<void> = async () => undefined): Promise<void> {
  const merged = (name: string) =>
    expect.poll(() => countedBy(WORLD.metaPixelId).filter((counted) => counted === name).length).toBeGreaterThan(0);
  await page.goto(shopUrl(STORE, `/products/stoneware-mug?${query}`));
  await before();
  await merged("ViewContent");
  await addToCart(page);
  await merged(BASKET);
  await page.goto(shopUrl(STORE, "/checkout"));
  await merged("InitiateCheckout");
  await pay(page);
  await merged("Purchase");
}

const FUNNEL = ["AddPaymentInfo", BASKET, "InitiateCheckout", "Purchase", "ViewContent"];

describe.each(["pixel", "embed", "lite"] as const)("in %s mode", (storefrontMode) => {
  beforeAll(async () => {
    scene.stack.shopify.setEmbeds(STORE, storefrontMode !== "pixel");
    await choose(STORE, { storefrontMode, contextWaitSeconds: 60 }, scene);
  });

  test("a sale in Germany reaches both pixels, each on both legs and under the merchant's names", async () => {
    await buy("country=DE", () => answerBanner(page, "Accept"));

    for (const { metaPixelId } of [GERMANY, WORLD]) {
      await expect.poll(() => countedBy(metaPixelId)).toEqual(expect.arrayContaining(FUNNEL));
      // The last page's own event may still be on its way.
      await expect
        .poll(() => countedBy(metaPixelId).filter((counted) => /one leg|AddToCart/.test(counted)))
        .toEqual([]);
    }
  });

  test("a sale in the United States reaches the pixel for everything, and the German one on neither leg", async () => {
    await buy("country=US&simulator_region=US");

    await expect.poll(() => countedBy(WORLD.metaPixelId)).toEqual(expect.arrayContaining(FUNNEL));
    expect(countedBy(GERMANY.metaPixelId)).toEqual([]);
  });
});
