import type { Page } from "playwright-core";
import { adminUrl, chooseStorefrontMode, connectPixel, openApp, switchEmbedOn } from "../../simulators/merchant.ts";
import { PIXEL } from "../../simulators/stack.ts";

/** The simulated shop of the demo: a European one, so that consent is asked for. */
export const STORE = "tandem-demo";
export const ADMIN_URL = adminUrl(STORE);

/** What a merchant does once: install, connect the pixel, choose the embed, switch it on in the theme. */
export async function setUpShop(page: Page): Promise<void> {
  await openApp(page, STORE);
  await connectPixel(page, PIXEL);
  await chooseStorefrontMode(page, "embed");
  await switchEmbedOn(page, STORE);
}
