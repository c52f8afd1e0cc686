import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium, newShopper, type Shopper } from "../simulators/browser.ts";
import { API_KEY, type SampleApp, startSampleApp, startSampleShopify } from "../simulators/shopify/sample-app.ts";
import type { ShopifySimulator } from "../simulators/shopify/simulator.ts";

const SHOP = "tandem-demo.myshopify.com";
const STORE = `https://${SHOP}`;
let app: SampleApp;
let simulator: ShopifySimulator;
let browser: Browser;
let shopper: Shopper;
let page: Page;

beforeAll(async () => {
  app = await startSampleApp();
  simulator = await startSampleShopify({ appUrl: app.url });
  const port = simulator.port;
  browser = await launchChromium({
    hosts: { "*.myshopify.com": port, "admin.shopify.com": port, "cdn.shopify.com": port },
  });
});
afterAll(async () => {
  await browser.close();
  await simulator.close();
  await app.close();
});
beforeEach(async () => {
  simulator.uninstall(SHOP);
  await simulator.settled();
  simulator.install(SHOP);
  simulator.shop(SHOP).installation.webPixel = {
    id: "gid://shopify/WebPixel/1",
    settings: { config: `${app.url}/seen` },
  };
  app.received.length = 0;
  shopper = await newShopper(browser);
  page = await shopper.context.newPage();
});
afterEach(() => shopper.close());

type Seen = {
  readonly event: { readonly name: string; readonly seq: number; readonly data: { readonly checkout?: Checkout } };
  readonly cookies: string;
  readonly init: { readonly customerPrivacy: { readonly marketingAllowed: boolean } };
  readonly hasDocument: boolean;
  readonly canImport: boolean;
  readonly globalShopify: boolean;
};
type Checkout = {
  readonly token: string;
  readonly email: string | null;
  readonly order: { readonly id: string } | null;
  readonly totalPrice: { readonly amount: number; readonly currencyCode: string };
};

/** What the sample pixel told the sample app. */
const seen = (): Seen[] =>
  app.received.filter(({ path }) => path === "/seen").map(({ body }) => JSON.parse(body) as Seen);
const names = (): string[] => seen().map(({ event }) => event.name);
const waitForEvent = (name: string) => expect.poll(names).toContain(name);

const pay = async (): Promise<void> => {
  await page.getByRole("button", { name: "Pay now" }).click();
  await page.waitForURL(/thank-you/);
};

describe("a web pixel", () => {
  test("sees nothing before consent, and all the page's events after it", async () => {
    await page.goto(`${STORE}/products/stoneware-mug`);
    const banner = page.getByRole("dialog", { name: "Cookie consent" });
    await banner.waitFor();
    expect(page.workers()).toEqual([]);
    expect(names()).toEqual([]);
    await banner.getByRole("button", { name: "Accept" }).click();
    await waitForEvent("page_viewed");
    await waitForEvent("product_viewed");
    // What held when the page came, as Shopify gives it; the answer itself arrives as an event.
    expect(seen()[0]?.init.customerPrivacy.marketingAllowed).toBe(false);
  });

  test("never runs for a visitor who declines", async () => {
    await page.goto(`${STORE}/`);
    await page.getByRole("button", { name: "Decline" }).click();
    await page.goto(`${STORE}/products/stoneware-mug`);
    expect(page.workers()).toEqual([]);
    expect(names()).toEqual([]);
  });

  test("runs at once where no consent is needed, and not at all before the app created it", async () => {
    await page.goto(`${STORE}/?simulator_region=US`);
    await waitForEvent("page_viewed");
    simulator.shop(SHOP).installation.webPixel = null;
    app.received.length = 0;
    await page.goto(`${STORE}/products/stoneware-mug`);
    expect(page.workers()).toEqual([]);
  });

  test("lives in a worker without document, importScripts or a global shopify, and reads the page's cookies", async () => {
    await shopper.context.addCookies([{ name: "_fbp", value: "fb.1.2.3", url: STORE }]);
    await page.goto(`${STORE}/?simulator_region=US`);
    await waitForEvent("page_viewed");
    expect(seen()[0]).toMatchObject({ hasDocument: false, canImport: false, globalShopify: false });
    expect(seen()[0]?.cookies).toContain("_fbp=fb.1.2.3");
  });

  test("sees a purchase from product to thank-you page, without personal data, and checkout_completed only once", async () => {
    await page.goto(`${STORE}/products/stoneware-mug?simulator_region=US&country=JP`);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await waitForEvent("product_added_to_cart");
    await page.goto(`${STORE}/cart`);
    await page.getByRole("button", { name: "Check out" }).click();
    await waitForEvent("checkout_started");
    await pay();
    await waitForEvent("checkout_completed");
    const order = simulator.orders.at(-1);
    const checkout = seen().find(({ event }) => event.name === "checkout_completed")?.event.data.checkout;
    expect(checkout).toMatchObject({
      token: order?.checkoutToken,
      email: null,
      order: { id: order?.id },
      totalPrice: { amount: order?.priced.total, currencyCode: "JPY" },
    });
    expect(names()).toContain("payment_info_submitted");

    app.received.length = 0;
    await page.reload();
    await waitForEvent("page_viewed");
    expect(names()).not.toContain("checkout_completed");
    expect(shopper.consoleErrors).toEqual([]);
  });
});

test("the Customer Privacy API loads only on request, and announces the visitor's answer", async () => {
  await page.goto(`${STORE}/`);
  type Privacy = { marketingAllowed(): boolean; setTrackingConsent(consent: object, done: () => void): void };
  type Features = { loadFeatures(list: object[], done: () => void): void; customerPrivacy?: Privacy };
  const answer = await page.evaluate(async () => {
    // Shopify's own global, which the page's script has set.
    const shopify = (window as unknown as { Shopify: Features }).Shopify;
    const before = shopify.customerPrivacy !== undefined;
    await new Promise<void>((done) => shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], done));
    const privacy = shopify.customerPrivacy;
    const allowedFirst = privacy?.marketingAllowed();
    const announced = new Promise<unknown>((resolve) =>
      document.addEventListener("visitorConsentCollected", (event) => resolve("detail" in event ? event.detail : null)),
    );
    privacy?.setTrackingConsent({ marketing: true, analytics: true }, () => undefined);
    return { before, allowedFirst, detail: await announced, allowedAfter: privacy?.marketingAllowed() };
  });
  expect(answer).toMatchObject({
    before: false,
    allowedFirst: false,
    allowedAfter: true,
    detail: { marketingAllowed: true },
  });
});

describe("the admin", () => {
  const APP_PAGE = `<!doctype html><html lang="en"><head><title>Sample</title><meta name="shopify-api-key" content="${API_KEY}">
<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script></head><body>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/settings">Settings</a></ui-nav-menu><ui-title-bar title="Sample home"></ui-title-bar>
<form data-save-bar><label>Pixel <input name="pixel"></label></form>
<button onclick="shopify.toast.show('Saved it')">Toast</button>
<button onclick="fetch('/echo')">Fetch</button>
<button onclick="shopify.app.extensions().then((found) => out.textContent = JSON.stringify(found))">Extensions</button><output id="out"></output>
<script>document.addEventListener("shopify:navigate", (event) => { out.textContent = event.target.getAttribute("href"); });</script></body></html>`;

  const openApp = async () => {
    app.page = APP_PAGE;
    await page.goto(`https://admin.shopify.com/store/tandem-demo/apps/${API_KEY}`);
    return page.frameLocator("iframe");
  };

  test("asks before installing, then shows the app with its title, navigation, toasts and save bar", async () => {
    simulator.uninstall(SHOP);
    await page.goto(`https://admin.shopify.com/store/tandem-demo/apps/${API_KEY}`);
    await page.getByText("write_pixels").waitFor();
    const frame = await openApp();
    await page.getByRole("button", { name: "Install" }).click();
    await page.getByRole("heading", { name: "Sample home" }).waitFor();
    expect(simulator.shop(SHOP).installation.installed).toBe(true);

    await frame.getByRole("button", { name: "Toast" }).click();
    await page.getByRole("status").getByText("Saved it").waitFor();
    await page.getByRole("link", { name: "Settings" }).click();
    await expect.poll(() => frame.locator("#out").textContent()).toBe("/app/settings");

    await frame.getByLabel("Pixel").fill("1");
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("button", { name: "Save" }).waitFor({ state: "hidden" });
    expect(await frame.getByLabel("Pixel").inputValue()).toBe("");
  });

  test("gives the app's own requests a session token", async () => {
    const frame = await openApp();
    await frame.getByRole("button", { name: "Fetch" }).click();
    await expect
      .poll(() => app.received.find(({ path }) => path === "/echo")?.headers["authorization"])
      .toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test("reports the embed as available, and as active after the theme editor was saved", async () => {
    const frame = await openApp();
    await frame.getByRole("button", { name: "Extensions" }).click();
    await expect.poll(() => frame.locator("#out").textContent()).toContain('"status":"available"');

    await page.goto(`${STORE}/admin/themes/current/editor?context=apps&activateAppId=${API_KEY}/sample`);
    expect(simulator.shop(SHOP).installation.embeds).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    expect(simulator.shop(SHOP).installation.embeds).toEqual(["sample"]);

    await page.goto(`${STORE}/`);
    await expect.poll(() => page.locator("html").getAttribute("data-embed")).toBe("ran");
    const again = await openApp();
    await again.getByRole("button", { name: "Extensions" }).click();
    await expect.poll(() => again.locator("#out").textContent()).toContain('"status":"active"');
  });

  test("lists orders and webhooks, and lets the merchant mark a bank transfer as paid", async () => {
    simulator.placeOrder(SHOP, { lines: [{ variantId: "4581920037713", quantity: 1 }], payment: "bank-transfer" });
    await simulator.settled();
    await page.goto("https://admin.shopify.com/simulator");
    await page.getByRole("button", { name: "Mark as paid" }).first().click();
    await page.getByRole("cell", { name: "orders/paid" }).first().waitFor();
    expect(simulator.orders.at(-1)?.financialStatus).toBe("paid");
  });
});
