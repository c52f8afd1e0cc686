import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HELP_QUESTIONS, helpUrl } from "../../app/components/help-url.ts";
import { NeedsList } from "../../app/routes/app._index/needs-list.tsx";
import { readEventQuery } from "../../app/routes/app.events._index/read-event-query.ts";
import { HelpPage } from "../../app/routes/app.help/help-page.tsx";
import { PLACE_URLS, PLACES_OF_QUESTION } from "../../app/routes/app.help/help-places.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { LANGUAGES } from "../../app/wording/languages.ts";
import { SHOP } from "./dashboard/samples.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

/** Whether a page of the app is at this path. */
const hasRoute = (path: string): boolean => {
  const name = path.slice(1).replaceAll("/", ".");
  return [name, `${name}._index`].some((folder) => existsSync(`app/routes/${folder}/route.tsx`));
};

test("the page has the ten questions", () => {
  expect(HELP_QUESTIONS).toHaveLength(10);
});

describe.each(LANGUAGES)("in %s", (language) => {
  const words = wordsFor({ language, locale: language });
  const html = htmlOf(<HelpPage />, words);
  const sections = html.split("<s-section ").slice(1);

  test.each(HELP_QUESTIONS)(
    "the question %s has a title, an answer, and links to what the shop's own answer is",
    (id) => {
      const title = words.text(`help.${id}.title`);
      const section = sections.find((each) => each.includes(`id="${id}"`)) ?? "";
      expect(section).toContain(`heading="${title.replaceAll("&", "&amp;")}"`);
      expect(textOf(<HelpPage />, words)).toContain(words.text(`help.${id}.why`));
      expect(textOf(<HelpPage />, words)).toContain(words.text(`help.${id}.do`));
      for (const place of PLACES_OF_QUESTION[id]) {
        expect(section).toContain(`href="${PLACE_URLS[place].replaceAll("&", "&amp;")}"`);
        expect(section).toContain(words.text(`help.to.${place}`));
      }
      expect(html).toContain(`href="${helpUrl(id)}"`);
    },
  );
});

test.each(Object.entries(PLACE_URLS))(
  "the place %s is a page of the app, and its filter is one of the page",
  (_name, url) => {
    const { pathname, searchParams } = new URL(url, "https://app.example");
    expect(hasRoute(pathname)).toBe(true);
    if (pathname === "/app/events") {
      expect(readEventQuery(searchParams).filter).toMatchObject(Object.fromEntries(searchParams));
    } else expect(searchParams.size).toBe(0);
  },
);

test("every place is named by a question", () => {
  expect(new Set(Object.values(PLACES_OF_QUESTION).flat())).toEqual(new Set(Object.keys(PLACE_URLS)));
});

test("what needs the merchant on Home leads to the question about it", () => {
  const need = { kind: "test-code", pixelId: "1", metaPixelId: "1234567890123456", code: "TEST1" } as const;
  const html = htmlOf(<NeedsList needs={[need]} at={{ shop: SHOP, apiKey: "key" }} removal={null} />);
  expect(html).toContain(`href="${helpUrl("test-code")}"`);
});
