import { adviceIn } from "./advice.ts";
import type { MessageOf, TextKey } from "./catalogue.ts";
import type { Values } from "./placeholders.ts";
import type { Words } from "./words.ts";

type ProblemKey = Extract<TextKey, `fieldProblems.${string}`>;

/** What may be wrong with a field: each has its text in every language. */
export type ProblemCode = ProblemKey extends `fieldProblems.${infer Code}` ? Code : never;

/** The values that a problem's text needs; none for a text without. */
export type ProblemValues<Code extends ProblemCode> = Values<MessageOf<`fieldProblems.${Code}`>>;

/** What is wrong with a field, in no language yet. */
export type Problem = {
  [Code in ProblemCode]: { readonly code: Code; readonly values: ProblemValues<Code> };
}[ProblemCode];

/** What Meta's answer means, as `app/meta/verdict-table.ts` states it. */
export type MetaAdvice = { readonly advice: string };

/** A field's problem in the reader's language. */
export function problemIn(words: Words, { message }: { readonly message: Problem | MetaAdvice }): string {
  if ("advice" in message) return adviceIn(words, message.advice);
  // Each problem has the values of its own text (Problem), which the compiler cannot follow through the union.
  const text = words.text as (key: ProblemKey, values: object) => string;
  return text(`fieldProblems.${message.code}`, message.values);
}

/** Several problems of one thing, one after the other. */
export const problemsIn = (words: Words, problems: readonly (Problem | MetaAdvice)[]): string =>
  problems.map((message) => problemIn(words, { message })).join(" ");
