import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freePort } from "../simulators/app-process.ts";
import { launchChromium, newShopper, type Shopper } from "../simulators/browser.ts";
import {
  appFrame,
  adminUrl,
  openApp,
  openAppPage,
  sendPixelForm,
  switchEmbedOn,
  toast,
} from "../simulators/merchant.ts";
import { addToCart, answerBanner, pay } from "../simulators/shopper.ts";
import { PIXEL } from "../simulators/stack.ts";
import { ARRIVAL, bothLegs, choose, openShopScene, received, shopUrl, type ShopScene } from "./shop-scene.ts";

const STORE = "tandem-demo";
const MUG = "/products/stoneware-mug";

let scene: ShopScene;
let shopper: Shopper;
let page: Page;
/** The address of everything that the shopper's browser asked for. */
let requests: string[];

beforeAll(async () => {
  scene = await openShopScene();
  const { admin } = scene;
  await openApp(admin, STORE);
  await openAppPage(admin, "Settings");
  await sendPixelForm(admin, PIXEL);
  await toast(admin, /Meta accepts the token/);
  await switchEmbedOn(admin, STORE);
}, 120_000);
afterAll(() => scene.close());

/** A shopper of their own for the test, who is not asked for consent, in a browser that may reach less than others. */
async function newPage(browser = scene.browser, region = "US"): Promise<void> {
  shopper = await newShopper(browser);
  requests = [];
  await shopper.context.addCookies([{ name: "simulator_region", value: region, url: shopUrl(STORE, "/") }]);
  shopper.context.on("request", (request) => requests.push(request.url()));
  page = await shopper.context.newPage();
}
beforeEach(async () => {
  scene.stack.meta.reset();
  await newPage();
});
afterEach(() => shopper.close());

const setMode = (storefrontMode: "pixel" | "embed" | "lite"): Promise<void> => {
  scene.stack.shopify.setEmbeds(STORE, storefrontMode !== "pixel");
  return choose(STORE, { storefrontMode, contextWaitSeconds: 5 }, scene);
};
const visit = (path: string): Promise<unknown> => page.goto(shopUrl(STORE, path));
const arrived = (name: string, count = 1): Promise<void> => bothLegs(name, scene, count);
const hostOf = (url: string): string => new URL(url).host;
const hostsOfMeta = (): string[] => requests.map(hostOf).filter((host) => /facebook/.test(host));

/** Nothing arrived on one leg alone, twice or with other words. */
function expectPairsOnly(): void {
  const events = scene.stack.meta.received();
  expect(events.filter(({ merged, differences }) => !merged || differences.length > 0)).toEqual([]);
  expect(events.filter(({ browserCopies, serverCopies }) => browserCopies !== 1 || serverCopies !== 1)).toEqual([]);
  expect(scene.stack.meta.malformed()).toEqual([]);
  expect([...shopper.consoleErrors, ...shopper.failedRequests]).toEqual([]);
}

describe.each(["pixel", "embed", "lite"] as const)("what the storefront shows, in %s mode", (mode) => {
  beforeAll(() => setMode(mode), 60_000);

  test("arrives on both legs and says the same: page, product, category, search, addition to the cart", async () => {
    await visit("/collections/all");
    await arrived("ViewCategory");
    await visit("/search?q=towel");
    await arrived("Search");
    await visit("/products/stoneware-mug");
    await arrived("ViewContent");
    await addToCart(page, 2);
    await arrived("AddToCart");
    await arrived("PageView", 3);

    expectPairsOnly();
    expect(received("Search", scene)[0]?.browser?.customData).toMatchObject({ search_string: "towel" });
    expect(received("AddToCart", scene)[0]?.value).toBe(37.8);
    const loaded = requests.some((url) => url.includes("fbevents.js"));
    expect(loaded).toBe(mode === "embed");
  });
});

describe("the embed, without Meta's script", () => {
  beforeAll(() => setMode("lite"), 60_000);

  test.each(["xhr", "multipart", "standard", "form"])(
    "sees an addition to the cart that the theme makes by %s, once",
    async (way) => {
      await visit(`${MUG}?simulator_theme=${way}`);
      await arrived("ViewContent");
      await page.getByLabel("Quantity").fill("2");
      await page.getByRole("button", { name: "Add to cart" }).click();
      await arrived("AddToCart");
      await page.waitForTimeout(300);

      expectPairsOnly();
      expect(received("AddToCart", scene)[0]).toMatchObject({ value: 37.8, currency: "EUR" });
    },
  );

  test("reports another variant that the visitor chooses", async () => {
    await visit(MUG);
    await arrived("ViewContent");
    await page.getByLabel("Variant").selectOption({ index: 1 });
    await arrived("ViewContent", 2);

    expect(received("ViewContent", scene).map(({ value }) => value)).toEqual([18.9, 19.9]);
    expectPairsOnly();
  });

  test("reports the forms that Shopify took, and who registers is known by hashes on both legs from then on", async () => {
    await visit("/pages/contact");
    const send = async (form: string, button: string): Promise<void> => {
      const within = page.getByRole("form", { name: form });
      await within.getByLabel(/e-mail/i).fill("ada@example.com");
      await within.getByRole("button", { name: button }).click();
    };
    await arrived("PageView");
    await send("Contact", "Send");
    await arrived("Contact");
    await send("Newsletter", "Subscribe");
    await arrived("Lead");
    await visit("/account/register");
    await send("Registration", "Create");
    await arrived("CompleteRegistration");

    expectPairsOnly();
    const [registered] = received("CompleteRegistration", scene);
    const { em } = registered?.server?.event["user_data"] as { readonly em: readonly string[] };
    expect(em).toEqual([registered?.browser?.userData["em"]]);
  });

  test("says nothing of a form that Shopify refused", async () => {
    await visit("/pages/contact");
    await arrived("PageView");
    const form = page.getByRole("form", { name: "Contact" });
    await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
    await form.getByRole("button", { name: "Send" }).click();
    await arrived("PageView", 2);

    expect(received("Contact", scene)).toEqual([]);
  });

  test("works under a shop's own content security policy", async () => {
    await visit(`${MUG}?simulator_csp`);
    await arrived("ViewContent");
    expectPairsOnly();
  });

  test("an addition that is followed at once by another page arrives", async () => {
    const times = 8;
    await visit(MUG);
    await arrived("ViewContent");
    for (let n = 1; n <= times; n += 1) {
      await page.evaluate(async () => {
        await fetch("/cart/add.js", {
          method: "POST",
          body: new URLSearchParams({ id: "4581920037713", quantity: "1" }),
        });
        location.href = "/cart";
      });
      await page.waitForURL("**/cart");
      await visit("/products/stoneware-mug");
      await arrived("ViewContent", n + 1);
    }
    await vi.waitFor(
      () => expect(received("AddToCart", scene).filter(({ merged }) => merged)).toHaveLength(times),
      ARRIVAL,
    );
  });
});

describe("consent on the page", () => {
  beforeAll(() => setMode("embed"), 60_000);
  /** A visitor from where consent is required. */
  const fromGermany = (): Promise<void> => shopper.close().then(() => newPage(scene.browser, "DE"));

  test("nothing but the shop's own pages is asked for before it, whatever the visitor does", async () => {
    await fromGermany();
    await visit("/products/stoneware-mug");
    await page.getByRole("dialog", { name: "Cookie consent" }).waitFor();
    await addToCart(page);
    await page.getByLabel("Variant").selectOption({ index: 1 });
    await page.waitForTimeout(1000);

    expect(requests.map(hostOf).filter((host) => !host.endsWith("shopify.com"))).toEqual([]);
    expect((await shopper.context.cookies()).filter(({ name }) => name.startsWith("_fb"))).toEqual([]);

    await answerBanner(page, "Accept");
    await arrived("ViewContent");
    // What came before was dropped, not kept.
    expect(received("AddToCart", scene)).toEqual([]);
  });

  test("withdrawn on the page ends it there", async () => {
    await fromGermany();
    await visit("/products/stoneware-mug");
    await answerBanner(page, "Accept");
    await arrived("ViewContent");
    await page.evaluate(
      () =>
        new Promise<void>((done) => {
          type Privacy = { setTrackingConsent: (answer: object, done: () => void) => void };
          (window as unknown as { Shopify: { customerPrivacy: Privacy } }).Shopify.customerPrivacy.setTrackingConsent(
            { analytics: false, marketing: false, preferences: false, sale_of_data: false },
            done,
          );
        }),
    );
    const before = requests.length;
    await addToCart(page);
    await page.waitForTimeout(500);

    expect(
      requests
        .slice(before)
        .map(hostOf)
        .filter((host) => !host.endsWith("shopify.com")),
    ).toEqual([]);
    expect(received("AddToCart", scene)).toEqual([]);
  });

  test("that a theme never tells is a no, though the visitor would not have been asked", async () => {
    await visit(`${MUG}?simulator_privacy=never`);
    await addToCart(page);
    await page.waitForTimeout(1000);

    expect(hostsOfMeta()).toEqual([]);
    expect(scene.stack.meta.received()).toEqual([]);
  });

  test("Meta's script never sees an address that may hold a person, and both legs get it filtered", async () => {
    await visit(`${MUG}?token=very-secret&email=ada%40example.com`);
    await arrived("ViewContent");

    expect(hostsOfMeta()).not.toContain("connect.facebook.net");
    const sent = scene.stack.meta.received().map(({ browser, server }) => [browser?.parameters, server?.event]);
    expect(JSON.stringify(sent)).not.toMatch(/very-secret|ada@|ada%40/);
    expectPairsOnly();
  });
});

describe("when something is blocked", () => {
  const without = async (host: string): Promise<Shopper> => {
    const browser = await launchChromium({ hosts: { ...scene.stack.hosts, [host]: await freePort() } });
    await shopper.close();
    await newPage(browser);
    const { close } = shopper;
    return Object.assign(shopper, { close: () => close().then(() => browser.close()) });
  };
  const problems = (): string[] => shopper.consoleErrors.filter((text) => !/Failed to load resource|ERR_/.test(text));
  const legsOf = (name: string) => received(name, scene).map(({ legs }) => legs);

  test.each([
    ["embed", "connect.facebook.net", ["server"]],
    ["embed", "www.facebook.com", ["server"]],
    ["lite", "www.facebook.com", ["server"]],
  ] as const)(
    "in %s mode, %s unreachable: the server leg arrives and the page hears of nothing",
    async (mode, host, legs) => {
      await setMode(mode);
      await without(host);
      await visit(MUG);
      await addToCart(page);
      await vi.waitFor(() => expect(legsOf("AddToCart")).toEqual([legs]), ARRIVAL);

      expect(legsOf("ViewContent")).toEqual([legs]);
      expect(problems()).toEqual([]);
    },
  );

  test("the pixel's configuration forbids it: the server leg arrives", async () => {
    await setMode("embed");
    scene.stack.meta.blockPixel(PIXEL.pixelId);
    await visit(MUG);
    await vi.waitFor(() => expect(legsOf("ViewContent")).toEqual([["server"]]), ARRIVAL);
    expect(problems()).toEqual([]);
  });
});

describe("the page of an order", () => {
  beforeAll(() => setMode("lite"), 60_000);

  const orderPage = (id: string): string => {
    const order = scene.stack.shopify.orders.find((known) => known.id === id);
    return `/account/orders/${order?.token ?? ""}`;
  };

  test("sends the browser leg of an order that the thank-you page never told of, once", async () => {
    const order = scene.stack.shopify.placeOrder(STORE, {
      lines: [
        { variantId: "4581920037721", quantity: 3 },
        { variantId: "4581920037713", quantity: 1 },
      ],
      discountCode: "SAVE10",
      financialStatus: "paid",
      checkoutToken: "c0ffee00c0ffee00c0ffee00c0ffee01",
      attributes: { __tandem_consent: JSON.stringify({ marketing: true, saleOfData: true, at: Date.now() }) },
    });
    await visit(orderPage(order.id));
    await arrived("Purchase");
    await visit(orderPage(order.id));
    await arrived("PageView", 2);

    expect(received("Purchase", scene)).toMatchObject([
      { eventId: `purchase.${STORE}.${order.id}`, browserCopies: 1, serverCopies: 1, differences: [] },
    ]);
    expect(received("Purchase", scene)[0]?.browser?.url).not.toContain(order.token);
  });

  test("sends nothing for an order that the thank-you page has told of, and nothing for one that is not paid", async () => {
    await visit(MUG);
    await arrived("ViewContent");
    await addToCart(page);
    await visit("/checkout");
    await arrived("InitiateCheckout");
    const id = await pay(page);
    await arrived("Purchase");
    await page.reload();
    await visit(orderPage(id));
    await arrived("PageView", 2);
    const unpaid = scene.stack.shopify.placeOrder(STORE, {
      lines: [{ variantId: "4581920037713", quantity: 1 }],
      payment: "bank-transfer",
      financialStatus: "pending",
    });
    await visit(orderPage(unpaid.id));
    await arrived("PageView", 3);
    await page.waitForTimeout(500);

    expect(received("Purchase", scene)).toMatchObject([{ browserCopies: 1, serverCopies: 1 }]);
  });
});

test("a second sender of the same pixel is found and named on the merchant's Home page", async () => {
  await setMode("lite");
  await page.addInitScript((pixelId) => {
    document.addEventListener("DOMContentLoaded", () => {
      const snippet = document.createElement("script");
      snippet.textContent = `window.fbq = window.fbq || function () {}; fbq('init', '${pixelId}');`;
      document.head.append(snippet);
    });
  }, PIXEL.pixelId);
  await visit(MUG);
  await page.waitForResponse((response) => (response.request().postData() ?? "").includes('"senders"'));

  await vi.waitFor(async () => {
    await scene.admin.goto(adminUrl(STORE));
    await appFrame(scene.admin)
      .getByText(/snippet stands in your theme/)
      .waitFor({ timeout: 3000 });
  }, ARRIVAL);
});
