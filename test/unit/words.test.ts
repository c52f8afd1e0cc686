import { describe, expect, test } from "vitest";
import { wordsFor } from "../../app/wording/every-language.ts";
import { acceptedLocales, directionOf, readerOf } from "../../app/wording/languages.ts";

const inLocale = (locale: string, timeZone?: string) => wordsFor(readerOf([locale]), timeZone);
/** ICU writes spaces that do not break, and Switzerland's apostrophe in two ways; tests compare what a reader sees. */
const seen = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll("'", "’");

describe("the language of a reader", () => {
  test.each([
    ["de", "de", "de"],
    ["de-CH", "de", "de-CH"],
    ["de_AT", "de", "de-AT"],
    ["cs-CZ", "cs", "cs-CZ"],
    ["CS", "cs", "cs"],
    ["en-GB", "en", "en-GB"],
    ["pt-BR", "en", "en"],
    ["", "en", "en"],
    ["<script>", "en", "en"],
    ["de".repeat(500), "en", "en"],
  ])("who asks for %j is %s, with the formats of %s", (wish, language, locale) => {
    expect(readerOf([wish])).toEqual({ language, locale });
  });

  test("is the first wish that Tandem can fulfil", () => {
    expect(readerOf([null, undefined, "fr", "cs", "de"]).language).toBe("cs");
  });

  test.each([
    ["cs,de;q=0.8", ["cs", "de"]],
    ["de;q=0.3, cs;q=0.9, fr;q=0", ["cs", "de"]],
    ["*", ["*"]],
    [null, []],
  ])("a browser's wishes %j are read as %j", (header, locales) => {
    expect(acceptedLocales(header)).toEqual(locales);
  });
});

describe("money, numbers, times and lists are the reader's", () => {
  test.each([
    ["en", "$1,234.50", "1,204", "12%", "A, B, and C"],
    ["de", "1.234,50 $", "1.204", "12 %", "A, B und C"],
    ["de-CH", "$ 1’234.50", "1’204", "12%", "A, B und C"],
    ["cs", "1 234,50 US$", "1 204", "12 %", "A, B a C"],
  ])("%s", (locale, money, number, percent, list) => {
    const words = inLocale(locale);
    expect(seen(words.money(1234.5, "USD"))).toBe(money);
    expect(seen(words.number(1204))).toBe(number);
    expect(seen(words.percent(0.12))).toBe(percent);
    expect(seen(words.list(["A", "B", "C"]))).toBe(list);
  });

  test("a currency has the decimals it has", () => {
    expect(seen(inLocale("de").money(1200, "JPY"))).toBe("1.200 ¥");
    expect(seen(inLocale("cs").money(49.9, "CZK"))).toBe("49,90 Kč");
  });

  test("a time is the shop's", () => {
    const at = new Date("2026-11-29T23:30:00Z");
    expect(seen(inLocale("de", "Europe/Berlin").time(at))).toBe("30.11.2026, 00:30");
    expect(seen(inLocale("cs", "Europe/Prague").date(at))).toBe("30. 11. 2026");
    expect(seen(inLocale("en").in("America/New_York").time(at, { seconds: true }))).toBe("Nov 29, 2026, 6:30:00 PM");
  });

  test("a zone or a currency that nobody knows costs no page", () => {
    expect(inLocale("de", "Mars/Base").timeZone).toBe("UTC");
    expect(inLocale("de").money(12, "NO CURRENCY")).toContain("12");
  });
});

describe("right to left", () => {
  test.each([
    ["ar", "rtl"],
    ["he-IL", "rtl"],
    ["fa", "rtl"],
    ["ur", "rtl"],
    ["pa-Arab", "rtl"],
    ["pa", "ltr"],
    ["de", "ltr"],
    ["", "ltr"],
  ])("%s is written %s", (locale, direction) => {
    expect(directionOf(locale)).toBe(direction);
  });

  test("a page in English is written left to right for a reader of Arabic, because its texts are", () => {
    expect(inLocale("ar")).toMatchObject({ language: "en", direction: "ltr" });
  });

  test("a value in Hebrew or Arabic does not pull the words around it to its side", () => {
    expect(inLocale("en").text("dryRun.rule.own", { rule: "חנות 5" })).toBe("Your rule for \u2068חנות 5\u2069.");
    expect(inLocale("de").text("dryRun.rule.own", { rule: "VIP" })).toBe("Ihre Regel für VIP.");
  });
});

describe("words are made once", () => {
  test("for all readers of a locale and a zone, whoever asks and whichever zone a page is in", () => {
    const words = inLocale("de-AT", "Europe/Vienna");
    expect(inLocale("de-AT", "Europe/Vienna")).toBe(words);
    expect(inLocale("de-AT").in("Europe/Vienna")).toBe(words);
    expect(inLocale("de-AT", "Europe/Prague")).not.toBe(words);
    expect(inLocale("de-CH", "Europe/Vienna")).not.toBe(words);
  });

  test("and are not kept for every locale that a request ever named", () => {
    const words = inLocale("en-AA");
    for (let n = 1; n < 100; n += 1) inLocale(`en-${String(n).padStart(3, "0")}`);
    expect(inLocale("en-099")).toBe(inLocale("en-099"));
    expect(inLocale("en-AA")).not.toBe(words);
  });
});
