import { Banner } from "@shopify/polaris";
import type { FieldProblem } from "../settings/types.ts";

/** The first problem of a field, for Polaris' `error`. */
export const problemAt = (problems: readonly FieldProblem[], field: string): string | false =>
  problems.find((problem) => problem.field === field)?.message ?? false;

/** Problems of fields that the form does not show, so that none is hidden. */
export const problemsElsewhere = (
  problems: readonly FieldProblem[],
  fields: readonly string[],
): readonly FieldProblem[] => problems.filter((problem) => !fields.includes(problem.field));

/** Problems that belong to no field of the form. */
export function ProblemsElsewhere({ problems }: { readonly problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Banner tone="critical" title="Not saved">
      {problems.map((problem) => (
        <p key={`${problem.field}${problem.message}`}>{problem.message}</p>
      ))}
    </Banner>
  );
}
