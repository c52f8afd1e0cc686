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

/** A field's problem in the reader's language. A sentence is Meta's advice, or English from a place without codes. */
export function problemIn(words: Words, { message }: { readonly message: Problem | string }): string {
  if (typeof message === "string") return adviceIn(words, message);
  // Each problem has the values of its own text (Problem), which the compiler cannot follow through the union.
  const text = words.text as (key: ProblemKey, values: object) => string;
  return text(`fieldProblems.${message.code}`, message.values);
}
