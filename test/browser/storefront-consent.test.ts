import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { launchChromium } from "../simulators/browser.ts";
import { type CatchAll, startCatchAll } from "../simulators/catch-all.ts";
import { addToCart, answerBanner, answerPrivacy, pay } from "../simulators/shopper.ts";
import { shopUrl } from "./shop-scene.ts";
import { MODES, MUG, openStorefront, STORE, type Visitor } from "./storefront-scene.ts";
import { PATIENCE_MS } from "../support/patience.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()));
afterAll(() => shop.scene.close());
afterEach(() => visitor.close());

/** The banner, which Shopify shows where consent is required, has come. */
const cookieBannerShown = (): Promise<void> => visitor.page.getByRole("dialog", { name: "Cookie consent" }).waitFor();
const additions = () => visitor.received("AddToCart");
/** Shopify's own event of an addition tells of the whole line. */
async function addToEmptyCart(quantity: number): Promise<void> {
  await visitor.page.evaluate(() => fetch("/cart/clear.js", { method: "POST" }));
  await addToCart(visitor.page, quantity);
}

describe("without consent", () => {
  let everythingElse: CatchAll;
  let browser: Browser;
  beforeAll(async () => {
    everythingElse = await startCatchAll();
    const shopify = Object.entries(shop.scene.stack.hosts).filter(([host]) => host.includes("shopify"));
    browser = await launchChromium({ hosts: Object.fromEntries(shopify), everythingElse: everythingElse.port });
  });
  afterAll(async () => {
    await browser.close();
    await everythingElse.close();
  });

  test.each(MODES)("in %s mode no request leaves the shop, from the first page to the thank-you page", async (mode) => {
    await shop.setMode(mode);
    // The visitor before, who agreed in the end, is gone by now.
    everythingElse.requests.splice(0);
    visitor = await shop.visitor({ browser, region: "DE" });
    await visitor.visit(`${MUG}?fbclid=IwAR0test`);
    await cookieBannerShown();
    await visitor.page.getByLabel("Variant").selectOption({ index: 1 });
    await addToCart(visitor.page);
    await answerBanner(visitor.page, "Decline");
    await addToCart(visitor.page);
    await visitor.visit("/search?q=towel");
    await visitor.visit("/checkout");
    await pay(visitor.page);
    expect((await visitor.shopper.context.cookies()).filter(({ name }) => name.startsWith("_fb"))).toEqual([]);
    await visitor.visit("/");
    expect(everythingElse.requests).toEqual([]);

    // From consent on the same browser is heard, and of nothing that was before.
    await answerPrivacy(visitor.page, { analytics: true, marketing: true });
    const posts = () => everythingElse.requests.filter(({ path }) => path.startsWith("/collect/"));
    await vi.waitFor(() => expect(posts()).toHaveLength(1), PATIENCE_MS);
    expect(JSON.parse(posts()[0]?.body ?? "")).toMatchObject({ name: "PageView", url: shopUrl(STORE, "/") });
  });
});

describe.each(MODES)("consent that changes on the page, in %s mode", (mode) => {
  beforeAll(() => shop.setMode(mode));

  test("drops earlier actions, and reports the current page", async () => {
    visitor = await shop.visitor({ region: "DE" });
    await visitor.visit(MUG);
    await cookieBannerShown();
    await addToCart(visitor.page);
    await answerBanner(visitor.page, "Accept");
    await visitor.arrived("PageView");
    await visitor.arrived("ViewContent");
    await addToEmptyCart(2);
    await visitor.arrived("AddToCart");

    expect(additions().map(({ value }) => value)).toEqual([37.8]);
    await visitor.expectPairsOnly();
  });

  test("applies from then on: granted, withdrawn, granted again, and without the sale of data", async () => {
    visitor = await shop.visitor({ region: "DE" });
    await visitor.visit(MUG);
    await cookieBannerShown();
    await answerBanner(visitor.page, "Accept");
    await visitor.arrived("PageView");
    await visitor.arrived("ViewContent");

    const answerAndAdd = async (answer: Parameters<typeof answerPrivacy>[1], quantity: number): Promise<void> => {
      await answerPrivacy(visitor.page, answer);
      await addToEmptyCart(quantity);
    };
    await answerAndAdd({ analytics: false, marketing: false, sale_of_data: false }, 1);
    await answerAndAdd({ analytics: true, marketing: true, sale_of_data: true }, 2);
    await visitor.arrived("AddToCart");
    await answerAndAdd({ sale_of_data: false }, 3);
    await visitor.arrived("AddToCart", 2);
    await answerAndAdd({ sale_of_data: true }, 4);
    await visitor.arrived("AddToCart", 3);

    const limits = additions().map(({ browser, server, value }) => [
      value,
      browser?.dataProcessingOptions || null,
      server?.event["data_processing_options"] ?? null,
    ]);
    expect(limits).toEqual([
      [37.8, null, null],
      [56.7, "LDU", ["LDU"]],
      [75.6, null, null],
    ]);
    await visitor.expectPairsOnly();
  });
});

describe.each(["embed", "lite"] as const)("the embed, in %s mode", (mode) => {
  beforeAll(() => shop.setMode(mode));

  test("uses an answer that was given in another tab", async () => {
    visitor = await shop.visitor({ region: "DE" });
    await visitor.visit(MUG);
    await answerBanner(visitor.page, "Accept");
    await visitor.arrived("ViewContent");
    const other = await visitor.shopper.context.newPage();
    await other.goto(shopUrl(STORE, MUG));
    await visitor.arrived("ViewContent", 2);

    await answerPrivacy(other, { analytics: false, marketing: false });
    await addToCart(visitor.page, 1);
    await answerPrivacy(other, { analytics: true, marketing: true });
    await addToCart(other, 2);
    await visitor.arrived("AddToCart");

    expect(additions().map(({ value }) => value)).toEqual([37.8]);
    await visitor.expectPairsOnly();
  });
});

describe("a theme that never loads the Customer Privacy API", () => {
  beforeEach(async () => void (visitor = await shop.visitor()));

  const onThatPage = async (): Promise<void> => {
    await visitor.visit(`${MUG}?simulator_privacy=never`);
    await addToCart(visitor.page);
  };

  test.each(["embed", "lite"] as const)(
    "is a no to the embed in %s mode, though the visitor would not have been asked",
    async (mode) => {
      await shop.setMode(mode);
      await onThatPage();
      await visitor.visit("/");
      await visitor.arrived("PageView");

      expect(visitor.received().map(({ eventName }) => eventName)).toEqual(["PageView"]);
      await visitor.expectPairsOnly();
    },
  );

  test("changes nothing for the web pixel, which gets consent from Shopify", async () => {
    await shop.setMode("pixel");
    await onThatPage();
    for (const name of ["PageView", "ViewContent", "AddToCart"]) await visitor.arrived(name);
    await visitor.expectPairsOnly();
  });
});

test("Meta's script never sees a URL that may contain personal data, and both legs get it filtered", async () => {
  await shop.setMode("embed");
  visitor = await shop.visitor();
  await visitor.visit(`${MUG}?token=very-secret&email=ada%40example.com`);
  await visitor.arrived("ViewContent");

  expect(visitor.foreignHosts().filter((host) => host.includes("facebook"))).not.toContain("connect.facebook.net");
  const sent = visitor.received().map(({ browser, server }) => [browser?.parameters, server?.event]);
  expect(JSON.stringify(sent)).not.toMatch(/very-secret|ada@|ada%40/);
  await visitor.expectPairsOnly();
});
