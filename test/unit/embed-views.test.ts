import { describe, expect, test } from "vitest";
import { aLitePage, aProduct } from "../fixtures/browser/bowl-page.ts";

test("another variant that the visitor chooses is viewed, once per choice", async () => {
  const page = await aLitePage({ page: aProduct });
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

describe("a click anywhere on the page", () => {
  const clicked = async (page: Awaited<ReturnType<typeof aLitePage>>): Promise<void> => {
    await page.happens("click", {});
    await page.passTime();
  };
  const viewed = (page: Awaited<ReturnType<typeof aLitePage>>) =>
    page.posts().flatMap(({ name, data }) => (name === "ViewContent" ? [data.content_ids?.[0]] : []));

  test("in a collection views nothing, whatever its first quick add form contains", async () => {
    const cards = [
      ["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]],
      ["8802", "Ash cup", "Cups", [["45001", "", 900]]],
    ];
    const page = await aLitePage({
      page: { currency: "EUR", category: "Kitchen", products: cards },
      href: "https://oak-and-ash.com/collections/kitchen",
      firstForm: () => "44001",
    });

    await clicked(page);

    expect(page.posts().map(({ name }) => name)).toEqual(["PageView", "ViewCategory"]);
    expect(page.hits()).toHaveLength(2);
  });

  test("on a product page views a variant only if the click changed the form", async () => {
    let variant = "44002";
    const href = "https://oak-and-ash.com/de/collections/kitchen/products/oak-bowl";
    const page = await aLitePage({ page: aProduct, href, firstForm: () => variant });

    await clicked(page);
    expect(viewed(page)).toEqual(["44001"]);
    variant = "44001";
    await clicked(page);
    variant = "44002";
    await clicked(page);

    expect(viewed(page)).toEqual(["44001", "44002"]);
  });
});
