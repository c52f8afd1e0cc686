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

test("a search and a collection say what was asked for and what was shown", async () => {
  const products = [
    ["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]],
    ["8802", "Ash cup", "Cups", [["45001", "", 900]]],
  ];
  const settings = publishedSettings({ storefrontMode: "lite" });
  const listed = { content_ids: ["44001", "45001"], content_type: "product" };

  const search = await aPage({ settings, page: { currency: "EUR", search: "bowl", products } });
  const category = await aPage({ settings, page: { currency: "EUR", category: "Kitchen", products } });
  const address = await aPage({ settings, page: { currency: "EUR", search: "ada@example.com", products } });

  expect(search.posts()[1]).toMatchObject({ name: "Search", data: { search_string: "bowl", ...listed } });
  expect(category.posts()[1]).toMatchObject({ name: "ViewCategory", data: { content_category: "Kitchen", ...listed } });
  expect(address.posts().map(({ name }) => name)).toEqual(["PageView"]);
});

test("another variant that the visitor chooses is viewed, once per choice", async () => {
  const page = await aPage({ settings: publishedSettings({ storefrontMode: "lite" }), page: aProduct });
  const choose = (id: string | null) =>
    page.happens("shopify:product:select", {
      promise: Promise.resolve({ variant: id && { id: `gid://shopify/ProductVariant/${id}` } }),
    });

  for (const id of ["44002", "44002", null, "99999", "44001"]) await choose(id);

  expect(page.posts().flatMap(({ name, data }) => (name === "ViewContent" ? [data.content_ids?.[0]] : []))).toEqual([
    "44001",
    "44002",
    "44001",
  ]);
});

describe("limited data use", () => {
  const settings = publishedSettings({ storefrontMode: "embed" });
  const options = (page: Awaited<ReturnType<typeof aPage>>) =>
    page.commands().filter(([name]) => name === "dataProcessingOptions");
  const added = (page: Awaited<ReturnType<typeof aPage>>) =>
    page.happens("shopify:cart:lines-update", {
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/44002", quantity: 1 }],
      promise: Promise.resolve({ cart: {} }),
    });

  test("that begins while Meta's script is there holds from the next event on, and ends the same way", async () => {
    const page = await aPage({ settings, page: aProduct });
    expect(options(page)).toEqual([]);

    await page.answer({ marketing: true, saleOfData: false });
    await added(page);
    expect(
      page
        .commands()
        .map(([name]) => name)
        .slice(-2),
    ).toEqual(["dataProcessingOptions", "trackSingle"]);
    expect(options(page)).toEqual([["dataProcessingOptions", ["LDU"], 0, 0]]);
    await page.answer(ALLOWED);
    await added(page);
    expect(options(page)).toEqual([
      ["dataProcessingOptions", ["LDU"], 0, 0],
      ["dataProcessingOptions", [], 0, 0],
    ]);
    expect(page.posts().map(({ consent }) => consent.saleOfData)).toEqual([true, true, false, true]);
  });

  test.each(["embed", "lite"])(
    "is asked for by a browser's Global Privacy Control on both legs, in %s mode",
    async (mode) => {
      const page = await aPage({
        settings: publishedSettings({ storefrontMode: mode }),
        asksForPrivacy: true,
        cookies: "cart=c1",
      });

      expect(page.posts()).toMatchObject([{ name: "PageView", consent: { marketing: true, saleOfData: false } }]);
      expect(page.cartWrites()[0]?.["__tandem_consent"]).toContain('"saleOfData":false');
      const asked = mode === "embed" ? options(page)[0]?.[1] : page.hits().map((hit) => hit.get("dpo"));
      expect(asked).toEqual(["LDU"]);
    },
  );

  test("Global Privacy Control grants nothing that Shopify does not", async () => {
    const page = await aPage({ settings, privacy: REFUSED, asksForPrivacy: true });

    expect([page.posts(), page.scripts]).toEqual([[], []]);
  });
});

test("consent withdrawn in another tab holds before the next event, and so does what is given back there", async () => {
  const page = await aPage({ page: aProduct });
  const added = () =>
    page.happens("shopify:cart:lines-update", {
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/44001", quantity: 1 }],
      promise: Promise.resolve({ cart: {} }),
    });

  page.answerElsewhere(REFUSED);
  await added();
  expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
  expect(page.cartWrites().at(-1)).toMatchObject({ __tandem_fbp: "" });
  page.answerElsewhere({ marketing: true, saleOfData: false });
  await added();
  expect(page.posts().at(-1)).toMatchObject({ name: "AddToCart", consent: { marketing: true, saleOfData: false } });
});

describe("while the file that reports is on its way", () => {
  const addedAtOnce = {
    action: "add",
    lines: [{ merchandiseId: "gid://shopify/ProductVariant/44001", quantity: 1 }],
    promise: Promise.resolve({ cart: {} }),
  };

  test("what a visitor who agreed does is reported after the page", async () => {
    const page = await aPage({ page: aProduct, holdsReport: true });
    await page.happens("shopify:cart:lines-update", addedAtOnce);
    expect(page.posts()).toEqual([]);

    await page.reportArrives();

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent", "AddToCart"]);
  });

  test("a withdrawal drops it", async () => {
    const page = await aPage({ page: aProduct, holdsReport: true });
    await page.happens("shopify:cart:lines-update", addedAtOnce);
    await page.answer(REFUSED);
    await page.reportArrives();
    await page.answer(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
  });
});
