import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const aProduct = {
  currency: "EUR",
  selected: "44001",
  products: [["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]]],
};
const aPage = (options: Partial<PageOptions> = {}) =>
  aStorefrontPage({
    settings: publishedSettings({ storefrontMode: "embed" }),
    privacy: { marketing: true, saleOfData: true },
    ...options,
  });

describe("a URL that may contain personal data or a secret", () => {
  const SECRET = "https://oak-and-ash.com/products/oak-bowl?fbclid=IwAR0abc&key=secret";

  test.each([
    ["the page's own", { href: SECRET }],
    [
      "the page's own, with an e-mail address in a plain field",
      { href: "https://oak-and-ash.com/search?q=ada%40example.com" },
    ],
    ["the page before", { referrer: "https://oak-and-ash.com/account/login?token=secret" }],
    ["an account's", { href: "https://oak-and-ash.com/account/orders/5f2a" }],
  ])("(%s) never meets Meta's script, and both legs get it filtered", async (_whose, where) => {
    const page = await aPage({ ...where, page: aProduct });

    expect(page.scripts).toEqual([]);
    expect(page.hits().map((hit) => [hit.get("ev"), hit.get("eid")])).toEqual(
      page.posts().map(({ name, id }) => [name, id]),
    );
    expect(page.hits().map((hit) => hit.get("dl"))).toEqual(page.posts().map(({ url }) => url));
    expect(decodeURIComponent(JSON.stringify([page.hits().map(String), page.posts()]))).not.toMatch(
      /secret|ada@|orders\/5f2a/,
    );
  });

  test("is distinguished from the parameters of Shopify and advertisers", async () => {
    const page = await aPage({
      href: "https://oak-and-ash.com/de/products/oak-bowl?variant=44001&utm_source=ig&_pos=1&gclid=x",
    });

    expect(page.scripts).toHaveLength(1);
  });
});
