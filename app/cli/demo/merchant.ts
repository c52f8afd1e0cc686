import type { FrameLocator, Page } from "playwright-core";
import { API_KEY } from "../../../test/simulators/app-process.ts";
import { PIXEL } from "../../../test/simulators/stack.ts";

/** The simulated shop of the demo: a European one, so that consent is asked for. */
export const STORE = "tandem-demo";
export const ADMIN_URL = `https://admin.shopify.com/store/${STORE}/apps/${API_KEY}`;

export const appFrame = (page: Page): FrameLocator => page.frameLocator("#app-iframe");

/** Opens one of the app's pages from the admin's navigation, and waits for its title. */
export async function openAppPage(page: Page, title: "Settings" | "Events"): Promise<FrameLocator> {
  await page.locator("#app-nav").getByRole("link", { name: title }).click();
  const frame = appFrame(page);
  await frame.getByRole("heading", { level: 1, name: title }).waitFor();
  return frame;
}

/** What a merchant does once: install, connect the pixel, choose the embed, switch it on in the theme. */
export async function setUpShop(page: Page): Promise<void> {
  await page.goto(ADMIN_URL);
  const install = page.getByRole("button", { name: "Install" });
  await install.or(page.locator("#app-iframe")).first().waitFor();
  if (await install.isVisible()) await install.click();
  await appFrame(page).getByText("Setup guide").waitFor();

  const settings = await openAppPage(page, "Settings");
  await settings.getByLabel("Pixel ID").fill(PIXEL.pixelId);
  await settings.getByLabel("Access token").fill(PIXEL.token);
  await settings
    .getByRole("button", { name: /^(Connect pixel|Replace token)$/ })
    .last()
    .click();
  await page
    .locator("#toasts")
    .getByText(/connected|valid|replaced/i)
    .first()
    .waitFor();

  const mode = settings.getByLabel("Storefront events come from");
  if ((await mode.inputValue()) !== "embed") {
    await mode.selectOption("embed");
    await settings.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#toasts").getByText(/saved/i).first().waitFor();
  }

  await page.goto(
    `https://${STORE}.myshopify.com/admin/themes/current/editor?context=apps&activateAppId=${API_KEY}/tandem-embed`,
  );
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved").waitFor();
}
