import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { WordsContext } from "../../../app/components/words-context.ts";
import { ENGLISH } from "../../../app/wording/english.ts";
import type { Words } from "../../../app/wording/words.ts";

/** The view's HTML as the server writes it. */
export const htmlOf = (view: ReactNode, words: Words = ENGLISH): string =>
  renderToStaticMarkup(<WordsContext.Provider value={words}>{view}</WordsContext.Provider>);

/** Attributes that Polaris' elements show as text. */
const SHOWN = /\s(?:heading|label|details|error|accessibilityLabel)="([^"]*)"/g;

/** What a person reads of it, without the markup. */
export const textOf = (view: ReactNode, words?: Words): string =>
  htmlOf(view, words)
    .replace(/<s-[^>]+>/g, (tag) => [...tag.matchAll(SHOWN)].map(([, text = ""]) => ` ${text} `).join(""))
    .replace(/<(svg|style)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");

/** The tag of the field a person fills in; the small forms of the pixel list carry hidden ones of the same name. */
export const fieldNamed = (html: string, name: string): string =>
  html.match(new RegExp(`<s-[a-z-]+(?=[^>]* name="${name}")[^>]*>`))?.[0] ?? "";
