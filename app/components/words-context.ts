import { createContext, useContext } from "react";
import type { Words } from "../wording/words.ts";

/** The reader's words; app/entry.server.tsx and app/entry.client.tsx give the same to the same page. */
export const WordsContext = createContext<Words | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("No words: render the page inside WordsContext.");
  return words;
}
