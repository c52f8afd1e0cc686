import { useMatches } from "@remix-run/react";
import type { TextKey } from "../wording/catalogue.ts";
import { useWords } from "./words-context.ts";

/** A route's `handle`: the key of the page's name. A route that fails has the name of the app. */
export type PageHandle = { readonly title: TitleKey };

export type TitleKey = Extract<TextKey, `frame.page.${string}`>;

/** The title of the page that is shown, in the reader's language; null for a page without a `PageHandle`. */
export function usePageTitle(): string | null {
  const words = useWords();
  const key = titleIn(useMatches().at(-1)?.handle);
  return key === null ? null : words.text("frame.title", { page: words.text(key) });
}

// Remix does not type a route's handle.
const titleIn = (handle: unknown): TitleKey | null =>
  typeof handle === "object" && handle !== null && "title" in handle ? (handle.title as TitleKey) : null;
