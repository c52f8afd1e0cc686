import type { OrderRule } from "../event-contract/order-settings.ts";
import { problem, problemOf } from "./field-problem.ts";
import { MOST_RULES, OrderRuleFields } from "./order-settings.ts";
import type { FieldProblem, ParsedInput } from "./types.ts";

type Input = Readonly<Record<string, string>>;
type Part = keyof OrderRule;

/** The number of rules in the form; sent even when the form has none. */
export const RULE_ROWS = "rules.rows";
/** The form's field names, such as `rules.0.value`, from the first row to the last. */
export const ruleField = (row: number, part: Part): string => `rules.${row}.${part}`;

/** Whether the input has the rules row by row, as the form sends them. The command line sends them as one text. */
export const hasRuleRows = (input: Input): boolean => RULE_ROWS in input;

/** The rules of the form's rows, in order. A problem names its row and field. */
export function parseRuleRows(input: Input): ParsedInput<readonly OrderRule[]> {
  const rows = Number(input[RULE_ROWS]);
  if (!Number.isInteger(rows) || rows < 0 || rows > MOST_RULES) {
    return { ok: false, problems: [{ field: RULE_ROWS, message: problem("rules.most", { most: MOST_RULES }) }] };
  }
  const read = Array.from({ length: rows }, (_, row) => ruleInRow(input, row));
  const problems = read.flatMap((rule) => (rule.ok ? [] : rule.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: read.flatMap((rule) => (rule.ok ? [rule.value] : [])) };
}

function ruleInRow(input: Input, row: number): ParsedInput<OrderRule> {
  const part = (name: Part): string | undefined => input[ruleField(row, name)];
  const read = OrderRuleFields.safeParse({ match: part("match"), value: part("value"), action: part("action") });
  if (read.success) return { ok: true, value: read.data };
  const problems = read.error.issues.map((issue): FieldProblem => ({
    field: `rules.${row}.${String(issue.path[0])}`,
    message: problemOf(issue),
  }));
  return { ok: false, problems };
}
