import type { FieldProblem } from "../settings/types.ts";
import { problemIn, problemsIn } from "../wording/field-problem-words.ts";
import type { Words } from "../wording/words.ts";
import { useWords } from "./words-context.ts";

/** The first problem of a field, as a property of an element that has the attribute only while something is wrong. */
export function errorAt(words: Words, problems: readonly FieldProblem[], field: string): { readonly error?: string } {
  const problem = problems.find((one) => one.field === field);
  return problem === undefined ? {} : { error: problemIn(words, problem) };
}

/** All problems of a field, one after the other, for one that says more than one thing. */
export function errorsAt(words: Words, problems: readonly FieldProblem[], field: string): { readonly error?: string } {
  const own = problems.filter((one) => one.field === field).map(({ message }) => message);
  return own.length === 0 ? {} : { error: problemsIn(words, own) };
}

/** Problems of fields that the form does not show, so that none is hidden. */
export const problemsElsewhere = (
  problems: readonly FieldProblem[],
  fields: readonly string[],
): readonly FieldProblem[] => problems.filter((problem) => !fields.includes(problem.field));

/** Problems that belong to no field of the form. */
export function ProblemsElsewhere({ problems }: { readonly problems: readonly FieldProblem[] }) {
  const words = useWords();
  if (problems.length === 0) return null;
  return (
    <s-banner tone="critical" heading={words.text("frame.not-saved")}>
      {problems.map((problem) => (
        <s-paragraph key={`${problem.field} ${JSON.stringify(problem.message)}`}>
          {problemIn(words, problem)}
        </s-paragraph>
      ))}
    </s-banner>
  );
}
