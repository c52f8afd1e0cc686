import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const ALLOWED = { marketing: true, saleOfData: true };
const REFUSED = { marketing: false, saleOfData: true };
const aProduct = {
  currency: "EUR",
  selected: "44001",
  products: [
    [
      "8801",
      "Oak bowl",
      "Bowls",
      [
        ["44001", "OAK-1", 2550],
        ["44002", "OAK-2", 3000],
      ],
    ],
  ],
};
const aPage = (options: Partial<PageOptions> = {}) =>
  aStorefrontPage({ settings: publishedSettings({ storefrontMode: "lite" }), privacy: ALLOWED, ...options });

describe("an addition to the cart", () => {
  const settings = publishedSettings({ storefrontMode: "lite" });
  const line = {
    id: 44002,
    product_id: 8801,
    sku: "OAK-2",
    final_price: 3000,
    product_title: "Oak bowl",
    product_type: "Bowls",
    quantity: 7,
  };
  const answer = (url: string) =>
    url.includes("/cart/add")
      ? { ok: true, url: `https://oak-and-ash.com${url}`, clone: () => ({ json: () => Promise.resolve(line) }) }
      : undefined;
  const added = (page: Awaited<ReturnType<typeof aPage>>) => page.posts().filter(({ name }) => name === "AddToCart");
  const standardEvent = {
    action: "add",
    lines: [{ merchandiseId: "gid://shopify/ProductVariant/44002", quantity: 2 }],
    promise: Promise.resolve({ cart: {} }),
  };

  test.each([
    ["JSON", JSON.stringify({ id: 44002, quantity: 2 })],
    ["a list in JSON", JSON.stringify({ items: [{ id: "44002", quantity: 2 }] })],
    ["the text of a form", "id=44002&quantity=2"],
    ["a form's fields", new URLSearchParams({ id: "44002", quantity: "2" })],
  ])("by the theme's request (%s) is worth what was added, not what the cart holds", async (_form, body) => {
    const page = await aPage({ settings, page: aProduct, answer });

    await page.themeFetches("/cart/add.js", body);

    expect(added(page)).toMatchObject([{ data: { value: 60, currency: "EUR", content_ids: ["44002"], num_items: 2 } }]);
    expect(page.hits().at(-1)?.get("eid")).toBe(added(page)[0]?.id);
  });

  test("by Shopify's standard event is reported once its promise says that it worked", async () => {
    const page = await aPage({ settings, page: aProduct });

    await page.happens("shopify:cart:lines-update", standardEvent);
    await page.happens("shopify:cart:lines-update", {
      ...standardEvent,
      promise: Promise.resolve({ userErrors: [{}] }),
    });

    expect(added(page)).toMatchObject([{ data: { value: 60, num_items: 2 } }]);
  });

  test("seen both ways is one addition, and two of them are two", async () => {
    const page = await aPage({ settings, page: aProduct, answer });
    const twice = async () => {
      await page.happens("shopify:cart:lines-update", standardEvent);
      await page.themeFetches("/cart/add.js", JSON.stringify({ id: 44002, quantity: 2 }));
    };

    await twice();
    await twice();

    expect(added(page)).toHaveLength(2);
  });

  test("that the shop refuses is none", async () => {
    const page = await aPage({ settings, page: aProduct, answer: (url) => ({ ...answer(url), ok: false }) });

    await page.themeFetches("/cart/add.js", "id=44002");

    expect(added(page)).toEqual([]);
  });

  test("without consent is dropped, and not reported later", async () => {
    const page = await aPage({ settings, page: aProduct, answer, privacy: REFUSED });

    await page.themeFetches("/cart/add.js", "id=44002");
    await page.answer(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
  });
});
