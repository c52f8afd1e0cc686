import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { CATALOGUES, wordsFor } from "../../app/wording/every-language.ts";
import { type Language, LANGUAGES } from "../../app/wording/languages.ts";
import { flat, type Words } from "../../app/wording/words.ts";
import { appFrame, hasCome, pressUntil } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { openShopScene, type ShopScene } from "./shop-scene.ts";

/** Somebody with a shop and a pixel of their own, who reads the app in this language. */
export type Merchant = {
  readonly language: Language;
  readonly words: Words;
  readonly store: string;
  readonly pixel: { readonly metaPixelId: string; readonly token: string };
};

/** One merchant for each language; `story` begins the names of their shops. */
export const merchantsOf = (story: string): readonly Merchant[] =>
  LANGUAGES.map((language, index) => ({
    language,
    words: wordsFor({ language, locale: language }),
    store: `${story}-${language}`,
    pixel: { metaPixelId: `77001122334455${index}`, token: `EAA${story}0${language}0token0of0a0dataset` },
  }));

/** One running app for all of them. */
export async function openMerchantScene(merchants: readonly Merchant[]): Promise<ShopScene> {
  const scene = await openShopScene({ shops: shopsCalled(...merchants.map(({ store }) => store)) });
  for (const { store, language, pixel } of merchants) {
    scene.stack.meta.addDataset(pixel);
    scene.stack.shopify.shop(store).staffLocale = language;
  }
  return scene;
}

/** Where the admin's navigation leads, by the page's name. */
type NavPage = "settings" | "events" | "test";

/** Opens one of the app's pages from the admin's navigation, in the merchant's language. */
export async function openFromNavigation(admin: Page, name: NavPage, { words }: Pick<Merchant, "words">) {
  const frame = appFrame(admin);
  const title = words.text(`frame.page.${name === "settings" ? "settings-pixels" : name}`);
  await pressUntil(
    admin.locator("#app-nav").getByRole("link", { name: words.text(`frame.page.${name}`), exact: true }),
    frame.getByRole("heading", { level: 1, name: title, exact: true }),
  );
  await hasCome(frame);
  return frame;
}

/** What every page owes everybody: no violation that axe knows, no sideways scrolling, and no text of another language. */
export async function expectFitForReading(admin: Page, { language }: Pick<Merchant, "language">): Promise<void> {
  const page = appFrame(admin).locator("html");
  expect(await page.getAttribute("lang")).toBe(language);
  expect(await page.evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
  expect(englishLeftIn(await textsOf(admin), language)).toEqual([]);
  const { violations } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Everything readable on the page: text between the tags, and in the attributes that Polaris shows. */
const textsOf = (admin: Page): Promise<string> =>
  appFrame(admin)
    .locator("main")
    .evaluate((main) => {
      const shown = ["label", "heading", "details", "error", "placeholder", "accessibilitylabel", "aria-label"];
      const attributes = [...main.querySelectorAll("*")].flatMap((element) =>
        shown.map((name) => element.getAttribute(name) ?? ""),
      );
      return [main.textContent, ...attributes].join("\n");
    });

/** Sentences of the English catalogue, as far as this language says them otherwise. */
function englishLeftIn(text: string, language: Language): readonly string[] {
  if (language === "en") return [];
  const own = Object.values(flat(CATALOGUES[language])).join("\n");
  return Object.values(flat(CATALOGUES.en)).filter(
    (message) => IS_SENTENCE.test(message) && text.includes(message) && !own.includes(message),
  );
}

/** Three words or more, without placeholders. */
const IS_SENTENCE = /^[^{}\s]+(?: [^{}\s]+){2,}$/;
