import type { z } from "zod";
import { fieldsOfText } from "../event-contract/json.ts";
import type { Problem, ProblemCode, ProblemValues } from "../wording/field-problem-words.ts";

type Given<Code extends ProblemCode> = keyof ProblemValues<Code> extends never
  ? readonly []
  : readonly [values: ProblemValues<Code>];

/** A problem by its code, with the values of its text. */
export function problem<Code extends ProblemCode>(code: Code, ...[values]: Given<Code>): Problem {
  const one: { readonly code: ProblemCode; readonly values: object } = { code, values: values ?? {} };
  // Given<Code> are the values of this code; the compiler cannot follow that into the union.
  return one as Problem;
}

/** The same as the message of a zod rule, which can only be text; `problemOf` reads it back. */
export const stating = <Code extends ProblemCode>(code: Code, ...values: Given<Code>): string =>
  messageOf(problem(code, ...values));

export const messageOf = (one: Problem): string => JSON.stringify(one);

type Issue = z.core.$ZodIssue;

/** The problem that an issue of one of this folder's schemas states; zod's own messages state none. */
export const problemOf = (issue: Issue): Problem => statedIn(issue) ?? problem("unreadable");

function statedIn(issue: Issue): Problem | null {
  const stated = fieldsOfText(issue.message);
  // Only `stating` and `messageOf` write an object into the message of an issue.
  if (stated) return stated as unknown as Problem;
  if (issue.code !== "invalid_union") return null;
  return (
    issue.errors
      .flat()
      .map(statedIn)
      .find((nested) => nested !== null) ?? null
  );
}
