import { expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage } from "../fixtures/browser/storefront-page.ts";

const CART = "cart=c1";

test.each([
  ["in the theme editor", { shopify: { designMode: true } }],
  ["as a preview of a theme that is not published", { shopify: { theme: { role: "unpublished" } } }],
  ["as a preview, by its address", { href: "https://oak-and-ash.com/?a=1&preview_theme_id=143" }],
])("of a page that a merchant sees %s nothing is sent, written or kept", async (_where, options) => {
  for (const storefrontMode of ["pixel", "embed", "lite"] as const) {
    const page = await aStorefrontPage({
      settings: publishedSettings({ storefrontMode }),
      privacy: { marketing: true, saleOfData: true },
      cookies: CART,
      ...options,
    });
    await page.passTime();

    expect([page.requests, page.scripts, page.loaded, [...page.cookies.keys()]]).toEqual([[], [], [], ["cart"]]);
  }
});

test("the published theme is reported", async () => {
  const page = await aStorefrontPage({
    settings: publishedSettings({ storefrontMode: "lite" }),
    privacy: { marketing: true, saleOfData: true },
    shopify: { theme: { role: "main" } },
  });

  expect(page.posts().map(({ name }) => name)).toEqual(["PageView"]);
});
