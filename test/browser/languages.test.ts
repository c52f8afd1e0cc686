import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminUrl, appFrame, openApp, pressUntil } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

const STORE = "speaks";

let scene: ShopScene;
beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  await openApp(scene.admin, STORE);
});
afterAll(() => scene.close());

/** Opens a page of the app in the admin of somebody with this language. */
async function openIn(locale: string, path: string, heading: string): Promise<FrameLocator> {
  scene.stack.shopify.shop(STORE).staffLocale = locale;
  await scene.admin.goto(adminUrl(STORE, path));
  const frame = appFrame(scene.admin);
  await frame.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  return frame;
}

const LANGUAGES = [
  {
    locale: "de",
    lang: "de",
    access: "Zugriff",
    role: "Ihre Rolle: Inhaber",
    requests: "Datenanfragen",
    none: "Kein Kunde hat seine Daten verlangt",
    nav: "Einstellungen",
    time: /\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}:\d{2}/,
  },
  {
    locale: "cs-CZ",
    lang: "cs-CZ",
    access: "Přístup",
    role: "Vaše role: Majitel",
    requests: "Žádosti o údaje",
    none: "Žádný zákazník o své údaje nepožádal",
    nav: "Nastavení",
    time: /\d{1,2}\. \d{1,2}\. \d{4} \d{1,2}:\d{2}:\d{2}/,
  },
  {
    // Tandem has no French; the browser wants en-GB in the second place.
    locale: "fr",
    lang: "en-GB",
    access: "Access",
    role: "Your role: Owner",
    requests: "Data requests",
    none: "No customer has asked for their data",
    nav: "Settings",
    time: /\d{1,2} [A-Z][a-z]{2} \d{4}, \d{2}:\d{2}:\d{2}/,
  },
] as const;

describe.each(LANGUAGES)(
  "for somebody whose admin is in $locale",
  ({ locale, lang, access, role, requests, none, nav, time }) => {
    test("the app speaks their language, and the page stays in it as the browser takes over", async () => {
      const frame = await openIn(locale, "/app/access", access);
      await frame.getByText(role).waitFor();
      const seen = (await frame.getByRole("listitem").first().innerText()).replaceAll(/[\u00a0\u202f]/g, " ");
      expect(seen).toMatch(time);
      expect(await frame.locator("html").getAttribute("lang")).toBe(lang);
      expect(await frame.locator("html").getAttribute("dir")).toBe("ltr");

      // The next page is rendered in the browser, whose request names no language any more.
      await pressUntil(
        scene.admin.locator("#app-nav").getByRole("link", { name: requests }),
        frame.getByRole("heading", { level: 1, name: requests, exact: true }),
      );
      await frame.getByText(none).waitFor();
      await scene.admin.locator("#app-nav").getByRole("link", { name: nav }).waitFor();
      expect(await frame.locator("title").innerText()).toBe(`${requests} · Tandem`);
      expect(scene.merchant.consoleErrors).toEqual([]);
    });

    test("the browser loads the texts of that language and of no other", async () => {
      const loaded: string[] = [];
      scene.admin.on("response", (response) => void loaded.push(response.url()));
      await openIn(locale, "/app/access", access);
      await expect.poll(() => loaded.filter((url) => /\/assets\/catalogue-/.test(url)).length).toBeGreaterThan(0);
      const bodies = await Promise.all(
        [...new Set(loaded)]
          .filter((url) => /\/assets\/catalogue-/.test(url))
          .map(async (url) => (await fetchIn(url)) ?? ""),
      );
      const has = (text: string): boolean => bodies.some((body) => body.includes(text));
      expect({ de: has("Datenanfragen"), cs: has("Žádosti o údaje") }).toEqual({
        de: locale === "de",
        cs: locale === "cs-CZ",
      });
    });
  },
);

/** The file at an address, as the merchant's browser gets it. */
const fetchIn = async (url: string): Promise<string | null> =>
  (await scene.merchant.context.request.get(url).catch(() => null))?.text() ?? null;

test.each([
  ["de", "90,00 €"],
  ["cs", "90,00 €"],
  ["en", "€90.00"],
])("for somebody whose admin is in %s, money looks like %s", async (locale, amount) => {
  scene.stack.shopify.shop(STORE).staffLocale = locale;
  await scene.admin.goto(adminUrl(STORE, "/app/settings/purchase"));
  await appFrame(scene.admin).locator("[data-basis=subtotal]").getByText(amount).waitFor();
  expect(scene.merchant.consoleErrors).toEqual([]);
});

test("a page of a language written from right to left mirrors without widening", async () => {
  const frame = await openIn("en", "/app/access", "Access");
  const widths = await frame.locator("html").evaluate((html) => {
    html.setAttribute("dir", "rtl");
    return { page: html.scrollWidth, window: html.clientWidth };
  });
  expect(widths.page).toBeLessThanOrEqual(widths.window);
  const heading = frame.getByRole("heading", { level: 2 }).first();
  expect(await heading.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
});
