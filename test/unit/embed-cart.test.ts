import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, NOW, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const ALLOWED = { marketing: true, saleOfData: true };
const REFUSED = { marketing: false, saleOfData: true };
const FBP = `fb.1.${String(NOW)}.500000000000000`;
const FBC = `fb.1.${String(NOW)}.IwAR0abc`;
const aProduct = {
  currency: "EUR",
  selected: "44001",
  products: [["8801", "Oak bowl", "Bowls", [["44001", "OAK-1", 2550]]]],
};
const aPage = (options: Partial<PageOptions> & Pick<PageOptions, "settings">) =>
  aStorefrontPage({ privacy: ALLOWED, ...options });

describe("in pixel mode", () => {
  const settings = publishedSettings({ storefrontMode: "pixel" });

  test("the embed leaves reporting to the web pixel, and keeps Meta's cookies and the cart's word", async () => {
    const page = await aPage({ settings, page: aProduct, cookies: "cart=c1" });

    expect(page.scripts).toEqual([]);
    expect(page.posts()).toEqual([]);
    expect(Object.fromEntries(page.cookies)).toEqual({ cart: "c1", _fbp: FBP, _fbc: FBC });
    expect(page.cartWrites()).toEqual([
      { __tandem_fbp: FBP, __tandem_fbc: FBC, __tandem_consent: JSON.stringify({ ...ALLOWED, at: NOW }) },
    ]);
    expect(page.requests[0]?.url).toBe("/de/cart/update.js");
  });

  test("a visitor without a cart gets none from us; the first addition has it written", async () => {
    const page = await aPage({ settings, page: aProduct });
    expect(page.requests).toEqual([]);

    await page.happens("shopify:cart:lines-update", {
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/44001", quantity: 1 }],
      promise: Promise.resolve({ cart: {} }),
    });

    expect(page.cartWrites()).toMatchObject([{ __tandem_fbp: FBP, __tandem_fbc: FBC }]);
    expect(page.posts()).toEqual([]);
  });

  test("the cart is written once, and again when the cart or the answer is another", async () => {
    const session = new Map<string, string>();
    const cookies = `_fbp=${FBP}; _fbc=${FBC}; cart=c1`;
    const first = await aPage({ settings, session, cookies });
    const sameCart = await aPage({ settings, session, cookies });
    const otherCart = await aPage({ settings, session, cookies: cookies.replace("c1", "c2") });
    await otherCart.answer(REFUSED);

    expect([first, sameCart, otherCart].map((page) => page.cartWrites().length)).toEqual([1, 0, 2]);
  });
});
