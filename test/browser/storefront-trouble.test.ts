import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freePort } from "../simulators/app-process.ts";
import { launchChromium } from "../simulators/browser.ts";
import { adminUrl, appFrame } from "../simulators/merchant.ts";
import { addToCart, pay } from "../simulators/shopper.ts";
import { PIXEL } from "../simulators/stack.ts";
import { ARRIVAL, received } from "./shop-scene.ts";
import { MUG, openStorefront, STORE, type Visitor } from "./storefront-scene.ts";

let shop: Awaited<ReturnType<typeof openStorefront>>;
let visitor: Visitor;
beforeAll(async () => void (shop = await openStorefront()), 120_000);
afterAll(() => shop.scene.close());
beforeEach(async () => void (visitor = await shop.visitor()));
afterEach(() => visitor.close());

describe("when something is blocked", () => {
  const without = async (host: string): Promise<void> => {
    const browser = await launchChromium({ hosts: { ...shop.scene.stack.hosts, [host]: await freePort() } });
    await visitor.close();
    const lesser = await shop.visitor({ browser });
    visitor = { ...lesser, close: () => lesser.close().then(() => browser.close()) };
  };
  const problems = (): string[] =>
    visitor.shopper.consoleErrors.filter((text) => !/Failed to load resource|ERR_/.test(text));
  const legsOf = (name: string) => received(name, shop.scene).map(({ legs }) => legs);

  test.each([
    ["embed", "connect.facebook.net", ["server"]],
    ["embed", "www.facebook.com", ["server"]],
    ["lite", "www.facebook.com", ["server"]],
  ] as const)(
    "in %s mode, %s unreachable: the server leg arrives and the page hears of nothing",
    async (mode, host, legs) => {
      await shop.setMode(mode);
      await without(host);
      await visitor.visit(MUG);
      await addToCart(visitor.page);
      await vi.waitFor(() => expect(legsOf("AddToCart")).toEqual([legs]), ARRIVAL);

      expect(legsOf("ViewContent")).toEqual([legs]);
      expect(problems()).toEqual([]);
    },
  );

  test("the pixel's configuration forbids it: the server leg arrives", async () => {
    await shop.setMode("embed");
    shop.scene.stack.meta.blockPixel(PIXEL.pixelId);
    await visitor.visit(MUG);
    await vi.waitFor(() => expect(legsOf("ViewContent")).toEqual([["server"]]), ARRIVAL);
    expect(problems()).toEqual([]);
  });
});

describe("the page of an order", () => {
  beforeAll(() => shop.setMode("lite"), 60_000);

  const orderPage = (id: string): string => {
    const order = shop.scene.stack.shopify.orders.find((known) => known.id === id);
    return `/account/orders/${order?.token ?? ""}`;
  };

  test("sends the browser leg of an order that the thank-you page never told of, once", async () => {
    const order = shop.scene.stack.shopify.placeOrder(STORE, {
      lines: [
        { variantId: "4581920037721", quantity: 3 },
        { variantId: "4581920037713", quantity: 1 },
      ],
      discountCode: "SAVE10",
      financialStatus: "paid",
      checkoutToken: "c0ffee00c0ffee00c0ffee00c0ffee01",
      attributes: { __tandem_consent: JSON.stringify({ marketing: true, saleOfData: true, at: Date.now() }) },
    });
    await visitor.visit(orderPage(order.id));
    await visitor.arrived("Purchase");
    await visitor.visit(orderPage(order.id));
    await visitor.arrived("PageView", 2);

    expect(received("Purchase", shop.scene)).toMatchObject([
      { eventId: `purchase.${STORE}.${order.id}`, browserCopies: 1, serverCopies: 1, differences: [] },
    ]);
    expect(received("Purchase", shop.scene)[0]?.browser?.url).not.toContain(order.token);
  });

  test("sends nothing for an order that the thank-you page has told of, and nothing for one that is not paid", async () => {
    await visitor.visit(MUG);
    await visitor.arrived("ViewContent");
    await addToCart(visitor.page);
    await visitor.visit("/checkout");
    await visitor.arrived("InitiateCheckout");
    const id = await pay(visitor.page);
    await visitor.arrived("Purchase");
    await visitor.page.reload();
    await visitor.visit(orderPage(id));
    await visitor.arrived("PageView", 2);
    const unpaid = shop.scene.stack.shopify.placeOrder(STORE, {
      lines: [{ variantId: "4581920037713", quantity: 1 }],
      payment: "bank-transfer",
      financialStatus: "pending",
    });
    await visitor.visit(orderPage(unpaid.id));
    await visitor.arrived("PageView", 3);
    await visitor.page.waitForTimeout(500);

    expect(received("Purchase", shop.scene)).toMatchObject([{ browserCopies: 1, serverCopies: 1 }]);
  });
});

test("a second sender of the same pixel is found and named on the merchant's Home page", async () => {
  await shop.setMode("lite");
  await visitor.page.addInitScript((pixelId) => {
    document.addEventListener("DOMContentLoaded", () => {
      const snippet = document.createElement("script");
      snippet.textContent = `window.fbq = window.fbq || function () {}; fbq('init', '${pixelId}');`;
      document.head.append(snippet);
    });
  }, PIXEL.pixelId);
  await visitor.visit(MUG);
  await visitor.page.waitForResponse((response) => (response.request().postData() ?? "").includes('"senders"'));

  await vi.waitFor(async () => {
    await shop.scene.admin.goto(adminUrl(STORE));
    await appFrame(shop.scene.admin)
      .getByText(/snippet stands in your theme/)
      .waitFor({ timeout: 3000 });
  }, ARRIVAL);
});
