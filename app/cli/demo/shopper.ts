import type { Page } from "playwright-core";
import { STORE } from "./merchant.ts";

const SHOP_URL = `https://${STORE}.myshopify.com`;

/**
 * One shopper, from the first page over a product to the thank-you page. Returns Shopify's order id. `reads` stands for
 * the time a person spends on a page: it ends when the page's event has reached Meta on both legs.
 */
export async function buyMug(page: Page, reads: (eventName: string) => Promise<void>): Promise<string> {
  await page.goto(SHOP_URL);
  await page.getByRole("dialog", { name: "Cookie consent" }).getByRole("button", { name: "Accept" }).click();
  await reads("PageView");
  await page.goto(`${SHOP_URL}/products/stoneware-mug?utm_source=facebook&fbclid=IwAR0demo_Click-Id`);
  await reads("ViewContent");
  await page.getByLabel("Quantity").fill("2");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.locator("[data-added]").filter({ hasText: /./ }).waitFor();
  await page.goto(`${SHOP_URL}/checkout`);
  await page.getByRole("button", { name: "Pay now" }).click();
  const order = page.locator("[data-order-id]");
  await order.waitFor();
  await reads("Purchase");
  const id = await order.getAttribute("data-order-id");
  if (!id) throw new Error("the thank-you page names no order");
  return id;
}
