import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { CATALOGUES } from "../../app/wording/every-language.ts";
import { type Language, LANGUAGES } from "../../app/wording/languages.ts";
import { flat } from "../../app/wording/words.ts";

const MESSAGES = Object.fromEntries(LANGUAGES.map((language) => [language, flat(CATALOGUES[language])])) as Record<
  Language,
  Record<string, string>
>;
const TRANSLATED = LANGUAGES.filter((language) => language !== "en");

const shapeOf = (message: string) => parse(message, { captureLocation: false, requiresOtherClause: true });

/** Every part of a message, those inside plurals, selects and tags included. */
const partsOf = (elements: readonly MessageFormatElement[]): readonly MessageFormatElement[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element, ...Object.values(element.options).flatMap(({ value }) => partsOf(value))];
    }
    return element.type === TYPE.tag ? [element, ...partsOf(element.children)] : [element];
  });

/** A message without its placeholders. */
const ownText = (message: string): string =>
  partsOf(shapeOf(message))
    .map((part) => (part.type === TYPE.literal ? part.value : ""))
    .join("");

/** `count plural`, `name argument`: what a text needs, and as what. */
const needsOf = (message: string): readonly string[] => {
  const needs = partsOf(shapeOf(message)).flatMap((part) =>
    part.type === TYPE.literal || part.type === TYPE.pound ? [] : [`${part.value} ${TYPE[part.type]}`],
  );
  return [...new Set(needs)].sort();
};

const NAMES_OF_ONE = /[.-]of$/;

/** What is written on the button or link that a message names in full: `pause-pixel` of `pause-pixel.of`. */
function visibleTextOf(key: string, messages: Readonly<Record<string, string>>): readonly [string, string][] {
  const visible = NAMES_OF_ONE.test(key) ? messages[key.replace(NAMES_OF_ONE, "")] : undefined;
  return visible === undefined ? [] : [[key, visible]];
}

describe.each(LANGUAGES)("the texts in %s", (language) => {
  const messages = MESSAGES[language];

  test("have the keys of the English ones, and no other", () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(MESSAGES.en).sort());
  });

  test.each(Object.entries(messages))("%s is a message", (_key, message) => {
    expect(message.trim()).toBe(message);
    expect(message).not.toBe("");
    expect(() => shapeOf(message)).not.toThrow();
    // An apostrophe quotes braces in ICU, and is no typographer's.
    expect(message).not.toContain("'");
    expect(message).not.toMatch(/ {2}|\.\.\./);
  });

  // Whoever steers by voice says what is written (axe: label-content-name-mismatch).
  test.each(Object.keys(messages).flatMap((key) => visibleTextOf(key, messages)))(
    "%s, the name of a button or link for one of several, begins with its text",
    (key, visible) => expect(messages[key]?.slice(0, visible.length)).toBe(visible),
  );

  test("have a case for every form that the language counts in", () => {
    const incomplete = Object.entries(messages).flatMap(([key, message]) =>
      partsOf(shapeOf(message)).flatMap((part) => {
        if (part.type !== TYPE.plural) return [];
        const forms = new Intl.PluralRules(language, { type: part.pluralType ?? "cardinal" }).resolvedOptions();
        const missing = forms.pluralCategories.filter((form) => !(form in part.options));
        return missing.length === 0 ? [] : [`${key}: ${missing.join(", ")}`];
      }),
    );
    expect(incomplete).toEqual([]);
  });
});

describe.each(TRANSLATED)("a translation into %s", (language) => {
  const pairs = Object.entries(MESSAGES[language]).map(([key, message]) => [key, message, MESSAGES.en[key] ?? ""]);

  test.each(pairs)("%s needs the values of the English text", (_key, message = "", english = "") => {
    expect(needsOf(message)).toEqual(needsOf(english));
  });

  test("leaves no English sentence as it is", () => {
    const untranslated = pairs.filter(
      ([, message = "", english]) => message === english && ownText(message).length > 20,
    );
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  test("has no word that only English has", () => {
    const english = /\b(?:the|and|this|your|you|order|orders|customer|customers|pixel’s|with|without|not)\b/i;
    const mixed = pairs.filter(([, message = ""]) => english.test(message.replace(/\{[^{}]*\}/g, "")));
    expect(mixed.map(([key, message]) => `${key ?? ""}: ${message ?? ""}`)).toEqual([]);
  });
});

describe("merchants are addressed formally", () => {
  test("in German with Sie", () => {
    expect(
      Object.entries(MESSAGES.de).filter(([, message]) =>
        /\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|euer)\b/i.test(message),
      ),
    ).toEqual([]);
  });

  test("in Czech with vy", () => {
    expect(
      Object.entries(MESSAGES.cs).filter(([, message]) => /(?:^|\s)(?:ty|tebe|tobě|tvůj|tvoje|tvá)\b/i.test(message)),
    ).toEqual([]);
  });
});

test("no text mentions how ads perform", () => {
  for (const language of LANGUAGES) {
    const texts = Object.entries(MESSAGES[language]).filter(([key]) => !key.startsWith("netRevenue."));
    expect(texts.filter(([, message]) => /ROAS|attribution|performance|revenue/i.test(message))).toEqual([]);
  }
});
