import { describe, expect, test } from "vitest";
import { ALLOWED, REFUSED, aLitePage, aProduct } from "../fixtures/browser/bowl-page.ts";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";

test("a search and a collection report the query and the shown items", async () => {
  const products = [
    ["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]],
    ["8802", "Ash cup", "Cups", [["45001", "", 900]]],
  ];
  const settings = publishedSettings({ storefrontMode: "lite" });
  const listed = { content_ids: ["44001", "45001"], content_type: "product" };

  const search = await aLitePage({ settings, page: { currency: "EUR", search: "bowl", products } });
  const category = await aLitePage({ settings, page: { currency: "EUR", category: "Kitchen", products } });
  const address = await aLitePage({ settings, page: { currency: "EUR", search: "ada@example.com", products } });

  expect(search.posts()[1]).toMatchObject({ name: "Search", data: { search_string: "bowl", ...listed } });
  expect(category.posts()[1]).toMatchObject({ name: "ViewCategory", data: { content_category: "Kitchen", ...listed } });
  expect(address.posts().map(({ name }) => name)).toEqual(["PageView"]);
});

describe("limited data use", () => {
  const settings = publishedSettings({ storefrontMode: "embed" });
  const options = (page: Awaited<ReturnType<typeof aLitePage>>) =>
    page.commands().filter(([name]) => name === "dataProcessingOptions");
  const added = (page: Awaited<ReturnType<typeof aLitePage>>) =>
    page.happens("shopify:cart:lines-update", {
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/44002", quantity: 1 }],
      promise: Promise.resolve({ cart: {} }),
    });

  test("that starts after Meta's script loaded applies from the next event, and ends the same way", async () => {
    const page = await aLitePage({ settings, page: aProduct });
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
      const page = await aLitePage({
        settings: publishedSettings({ storefrontMode: mode }),
        asksForPrivacy: true,
        cookies: "cart=c1",
      });

      expect(page.posts()).toMatchObject([{ name: "PageView", consent: { marketing: true, saleOfData: false } }]);
      expect(page.cartWrites()[0]?.["__tandem_consent"]).toContain('"saleOfData":false');
      const processing = mode === "embed" ? options(page)[0]?.[1] : page.hits().map((hit) => hit.get("dpo"));
      expect(processing).toEqual(["LDU"]);
    },
  );

  test("Global Privacy Control allows nothing that Shopify does not", async () => {
    const page = await aLitePage({ settings, privacy: REFUSED, asksForPrivacy: true });

    expect([page.posts(), page.scripts]).toEqual([[], []]);
  });
});

test("consent withdrawn or given in another tab applies before the next event", async () => {
  const page = await aLitePage({ page: aProduct });
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

describe("while the reporting file is loading", () => {
  const addedAtOnce = {
    action: "add",
    lines: [{ merchandiseId: "gid://shopify/ProductVariant/44001", quantity: 1 }],
    promise: Promise.resolve({ cart: {} }),
  };

  test("actions of a visitor who consented are reported after the page", async () => {
    const page = await aLitePage({ page: aProduct, holdsReport: true });
    await page.happens("shopify:cart:lines-update", addedAtOnce);
    expect(page.posts()).toEqual([]);

    await page.reportArrives();

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent", "AddToCart"]);
  });

  test("a withdrawal drops them", async () => {
    const page = await aLitePage({ page: aProduct, holdsReport: true });
    await page.happens("shopify:cart:lines-update", addedAtOnce);
    await page.answer(REFUSED);
    await page.reportArrives();
    await page.answer(ALLOWED);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewContent"]);
  });
});
