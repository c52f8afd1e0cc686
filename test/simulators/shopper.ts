import type { Page } from "playwright-core";

/** Answers the cookie banner, which must be about to appear. */
export async function answerBanner(page: Page, answer: "Accept" | "Decline"): Promise<void> {
  const banner = page.getByRole("dialog", { name: "Cookie consent" });
  await banner.getByRole("button", { name: answer }).click();
  await banner.waitFor({ state: "detached" });
}

/** Puts the product whose page is open into the cart. */
export async function addToCart(page: Page, quantity = 1): Promise<void> {
  await page.getByLabel("Quantity").fill(String(quantity));
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.locator("[data-added]").getByText("Added to your cart.").waitFor();
}

type Payment = { readonly by?: "Card" | "Bank transfer"; readonly discountCode?: string };

/** Pays on the open checkout page; resolves on the thank-you page with Shopify's order id. */
export async function pay(page: Page, { by = "Card", discountCode = "" }: Payment = {}): Promise<string> {
  await page.getByLabel(by).check();
  await page.getByLabel("Discount code").fill(discountCode);
  await page.getByRole("button", { name: "Pay now" }).click();
  const order = page.locator("[data-order-id]");
  await order.waitFor();
  const id = await order.getAttribute("data-order-id");
  if (!id) throw new Error("the thank-you page names no order");
  return id;
}

/** A visitor's choices; omitted ones stay unchanged. */
type PrivacyAnswer = { readonly analytics?: boolean; readonly marketing?: boolean; readonly sale_of_data?: boolean };

/** Answers on the open page as a shop's own preference centre does, by Shopify's Customer Privacy API. */
export const answerPrivacy = (page: Page, answer: PrivacyAnswer): Promise<void> =>
  page.evaluate((change) => {
    type Api = { setTrackingConsent: (change: object, done: () => void) => void };
    type ShopifyObject = { loadFeatures: (features: object[], done: () => void) => void; customerPrivacy: Api };
    const { Shopify } = window as unknown as { Shopify: ShopifyObject };
    return new Promise<void>((done) =>
      Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () =>
        Shopify.customerPrivacy.setTrackingConsent(change, done),
      ),
    );
  }, answer);
