import type { z } from "zod";
import { fieldsOfText } from "../event-contract/json.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import { problem } from "../wording/problem.ts";

export { problem, stating } from "../wording/problem.ts";

/** A problem as the message of a zod rule, which can only be text; `problemOf` reads it back. */
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
