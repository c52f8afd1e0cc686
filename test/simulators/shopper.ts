import type { Page } from "playwright-core";

/** Answers the cookie banner, which must be on its way. */
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
