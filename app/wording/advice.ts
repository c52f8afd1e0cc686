import type { TextKey } from "./catalogue.ts";
import { advice as english } from "./en/advice.ts";
import type { Words } from "./words.ts";

type AdviceKey = Extract<TextKey, `advice.${string}`>;
type SentenceKey = Exclude<AdviceKey, "advice.names" | "advice.quoted">;

const { names: _pattern, quoted: _unknown, ...sentences } = english;
// Object.entries forgets the keys. The longest first, because one sentence may begin another.
const SENTENCES = (Object.entries(sentences) as [keyof typeof sentences, string][])
  .map(([name, sentence]): readonly [SentenceKey, string] => [`advice.${name}`, sentence])
  .sort(([, one], [, other]) => other.length - one.length);

const NAMES = /Meta names ([^ ]+(?:, [^ ]+)*)\.$/;

/**
 * What an answer of Meta means, in the reader's language. Attempts, deliveries and pixels store it as sentences in English
 * (app/meta/verdict-table.ts), some of them written by earlier versions: what has no such sentence is quoted as it is, but
 * for the name of an error.
 */
export function adviceIn(words: Words, stored: string): string {
  if (!SENTENCES.some(([, sentence]) => straight(stored).includes(sentence))) {
    return stored.includes(" ") ? words.text("advice.quoted", { said: stored }) : stored;
  }
  if (words.language === "en") return stored;
  const named = stored.replace(NAMES, (_whole, parameters: string) => words.text("advice.names", { parameters }));
  return SENTENCES.reduce((text, [key, sentence]) => text.replace(sentence, () => words.text(key)), straight(named));
}

/** The catalogue has the typographic apostrophe, the table the straight one. */
const straight = (text: string): string => text.replaceAll("'", "’");
