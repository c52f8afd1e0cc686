import type { Problem, ProblemCode, ProblemValues } from "./field-problem-words.ts";

type Given<Code extends ProblemCode> = keyof ProblemValues<Code> extends never
  ? readonly []
  : readonly [values: ProblemValues<Code>];

/** A problem by its code, with the values of its text. */
export function problem<Code extends ProblemCode>(code: Code, ...[values]: Given<Code>): Problem {
  const one: { readonly code: ProblemCode; readonly values: object } = { code, values: values ?? {} };
  // Given<Code> are the values of this code; the compiler cannot follow that into the union.
  return one as Problem;
}

/** The same as the message of a zod rule, which can only be text. */
export const stating = <Code extends ProblemCode>(code: Code, ...values: Given<Code>): string =>
  JSON.stringify(problem(code, ...values));
