import type { Page } from "playwright-core";
import { addToCart, answerBanner, pay } from "../../simulators/shopper.ts";
import { STORE } from "./merchant.ts";

const SHOP_URL = `https://${STORE}.myshopify.com`;

/**
 * One shopper, from the first page over a product to the thank-you page. Returns Shopify's order id. `reads` stands for
 * the time a person spends on a page: it ends when the page's event has reached Meta on both legs.
 */
export async function buyMug(page: Page, reads: (eventName: string) => Promise<void>): Promise<string> {
  await page.goto(SHOP_URL);
  await answerBanner(page, "Accept");
  await reads("PageView");
  await page.goto(`${SHOP_URL}/products/stoneware-mug?utm_source=facebook&fbclid=IwAR0demo_Click-Id`);
  await reads("ViewContent");
  await addToCart(page, 2);
  await page.goto(`${SHOP_URL}/checkout`);
  const orderId = await pay(page);
  await reads("Purchase");
  return orderId;
}
