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

  const byTheWebPixel = `_fbp=fb.1.${NOW}.77; _fbc=fb.1.${NOW}.IwAR0abc`;
  const word = (fbp: string, fbc: string) => ({
    __tandem_fbp: fbp,
    __tandem_fbc: fbc,
    __tandem_consent: JSON.stringify({ ...ALLOWED, at: NOW }),
  });
  const add = (page: Awaited<ReturnType<typeof aPage>>): Promise<void> =>
    page.happens("shopify:cart:lines-update", {
      action: "add",
      lines: [{ merchandiseId: "gid://shopify/ProductVariant/44001", quantity: 1 }],
      promise: Promise.resolve({ cart: {} }),
    });

  test("the embed leaves reporting and Meta's cookies to the web pixel, and writes the cart attributes", async () => {
    const page = await aPage({ settings, page: aProduct, cookies: `cart=c1; ${byTheWebPixel}` });

    expect(page.scripts).toEqual([]);
    expect(page.posts()).toEqual([]);
    expect(page.cartWrites()).toEqual([word(`fb.1.${NOW}.77`, FBC)]);
    expect(page.requests[0]?.url).toBe("/de/cart/update.js");
  });

  test("the embed creates the cookies only if the web pixel has not done so after a while", async () => {
    const page = await aPage({ settings, cookies: "cart=c1" });
    expect(Object.fromEntries(page.cookies)).toEqual({ cart: "c1" });

    await page.passTime();

    expect(Object.fromEntries(page.cookies)).toEqual({ cart: "c1", _fbp: FBP, _fbc: FBC });
    expect(page.cartWrites()).toEqual([word("", ""), word(FBP, FBC)]);
  });

  test("no cookie is created for a visitor who has declined meanwhile", async () => {
    const page = await aPage({ settings });
    await page.answer(REFUSED);

    await page.passTime();

    expect([...page.cookies]).toEqual([]);
  });

  test("a visitor without a cart gets none from the embed; the first addition writes the current cookies to it", async () => {
    const page = await aPage({ settings, page: aProduct });
    expect(page.requests).toEqual([]);
    page.cookies.set("_fbp", `fb.1.${NOW}.77`);

    await add(page);

    expect(page.cartWrites()).toEqual([word(`fb.1.${NOW}.77`, "")]);
    expect(page.posts()).toEqual([]);
  });

  test("the cart is written once, and again when the cart or the consent changes", async () => {
    const session = new Map<string, string>();
    const cookies = `_fbp=${FBP}; _fbc=${FBC}; cart=c1`;
    const first = await aPage({ settings, session, cookies });
    const sameCart = await aPage({ settings, session, cookies });
    const otherCart = await aPage({ settings, session, cookies: cookies.replace("c1", "c2") });
    await otherCart.answer(REFUSED);

    expect([first, sameCart, otherCart].map((page) => page.cartWrites().length)).toEqual([1, 0, 2]);
  });
});
