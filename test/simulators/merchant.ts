import type { FrameLocator, Locator, Page } from "playwright-core";
import { PATIENCE_MS } from "../support/patience.ts";
import { API_KEY } from "./app-process.ts";

/** The app's page in the admin of a simulated shop. `path` is the app's own, such as `/app/events?order=1`. */
export const adminUrl = (store: string, path = ""): string =>
  `https://admin.shopify.com/store/${store}/apps/${API_KEY}${path}`;

export const appFrame = (page: Page): FrameLocator => page.frameLocator("#app-iframe");

/** Opens the app's Home page in the admin, and installs it where Shopify asks first. */
export async function openApp(page: Page, store: string): Promise<FrameLocator> {
  await page.goto(adminUrl(store));
  const install = page.getByRole("button", { name: "Install" });
  await install.or(page.locator("#app-iframe")).first().waitFor();
  if (await install.isVisible()) await install.click();
  const frame = appFrame(page);
  await frame.getByRole("heading", { level: 1 }).waitFor();
  return frame;
}

/** Opens one of the app's pages from the admin's navigation, and waits for its title. */
export async function openAppPage(
  page: Page,
  title: "Settings" | "Events" | "Test" | "Dry run" | "Data requests" | "Help",
): Promise<FrameLocator> {
  const link = page.locator("#app-nav").getByRole("link", { name: title });
  const frame = appFrame(page);
  await pressUntil(
    link,
    frame.getByRole("heading", { level: 1, name: title === "Settings" ? "Settings: Pixels" : title }),
  );
  await hasCome(frame);
  return frame;
}

/** A page that is long in coming says so under its own title, where the page before it was. */
export const hasCome = (frame: FrameLocator): Promise<void> =>
  frame.locator("s-page s-spinner").waitFor({ state: "detached" });

/**
 * Presses a link or a button of the app, and again while what it leads to does not show: the admin sends the app a
 * navigation message, which an app whose scripts have not started misses.
 */
export async function pressUntil(button: Locator, shown: Locator): Promise<void> {
  for (let presses = 1; ; presses += 1) {
    await button.click();
    const isShown = await shown.waitFor({ timeout: ANSWER_MS }).then(
      () => true,
      () => false,
    );
    if (isShown) return;
    if (presses === MOST_PRESSES) throw new Error(`the app did not show ${shown.toString()} after ${presses} presses`);
  }
}

const ANSWER_MS = 5_000;
const MOST_PRESSES = PATIENCE_MS / ANSWER_MS;

/** Fills in and sends the pixel form of the Settings page, which must be open. */
export async function sendPixelForm(page: Page, pixel: { metaPixelId: string; token: string }): Promise<void> {
  const settings = appFrame(page);
  await settings.getByLabel("Pixel ID").fill(pixel.metaPixelId);
  await settings.getByLabel("Access token").fill(pixel.token);
  await settings
    .getByRole("form", { name: "Connect a pixel" })
    .getByRole("button", { name: /^(Connect pixel|Replace token)$/ })
    .click();
}

/** What a page of the settings says once the storefront has what was saved, with the version. */
const newestInUse = (page: Page): Locator => appFrame(page).getByText(/The storefront uses the newest settings/);

/**
 * Connects the pixel on the Settings page, and waits until the app says that Meta takes its token, and that the
 * storefront has it. Leaves that page open.
 */
export async function connectPixel(page: Page, pixel: { metaPixelId: string; token: string }): Promise<FrameLocator> {
  const settings = await openAppPage(page, "Settings");
  await sendPixelForm(page, pixel);
  await toast(page, /Meta accepts the token/);
  // The pixel's card comes from the same reading of the settings.
  await settings.getByRole("region", { name: `Pixel ${pixel.metaPixelId}`, exact: true }).waitFor();
  await newestInUse(page).waitFor();
  return settings;
}

/** Opens one of the pages of the settings by the link on another one of them, and waits for its title. */
export async function openSettingsPage(page: Page, name: string): Promise<FrameLocator> {
  const settings = appFrame(page);
  await settings.getByRole("navigation", { name: "Pages of the settings" }).getByRole("link", { name }).click();
  await settings.getByRole("heading", { level: 1, name: `Settings: ${name}` }).waitFor();
  return settings;
}

/** Chooses where storefront events come from, and waits until they do. A page of the settings must be open. */
export async function chooseStorefrontMode(page: Page, mode: "pixel" | "embed" | "lite"): Promise<void> {
  const settings = await openSettingsPage(page, "Storefront events");
  const menu = settings.getByLabel("Storefront events come from");
  if ((await menu.inputValue()) === mode) return;
  const before = /version \d+/.exec(await newestInUse(page).innerText())?.[0] ?? "no version";
  await menu.selectOption(mode);
  await pressSave(page);
  await toast(page, /Settings saved/);
  // The page may still say what it said before the save.
  await newestInUse(page)
    .filter({ hasNotText: new RegExp(`${before}\\b`) })
    .waitFor();
}

/** Presses a button of the admin's save bar, which a form shows as soon as something in it changed. */
export const pressSave = (page: Page): Promise<void> => page.locator("#save-bar").locator("#save").click();
export const pressDiscard = (page: Page): Promise<void> => page.locator("#save-bar").locator("#discard").click();

/** Switches the embed on in the theme editor, where the app's own link leads. */
export async function switchEmbedOn(page: Page, store: string): Promise<void> {
  const editor = `https://${store}.myshopify.com/admin/themes/current/editor`;
  await page.goto(`${editor}?context=apps&activateAppId=${API_KEY}/tandem-embed`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved").waitFor();
}

/** Waits for one of the admin's short messages: the whole of it, or what a pattern matches in it. */
export const toast = (page: Page, text: RegExp | string): Promise<void> =>
  page.locator("#toasts").getByText(text, { exact: true }).first().waitFor();
