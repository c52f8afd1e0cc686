import { readCostProblem } from "../costs/cost-problem.ts";
import { unansweredIn } from "./unanswered-in-words.ts";
import type { Words } from "./words.ts";

/**
 * Why Tandem could not read what the shop's items cost, as it is stored. Shopify's own words are quoted, in its language;
 * what an earlier version stored stays as it is.
 */
export function costProblemIn(words: Words, stored: string): string {
  const problem = readCostProblem(stored);
  if (problem === null) return stored;
  const { code, said } = problem;
  return code === "no-access" || code === "no-scope"
    ? words.text(`costs.${code}`)
    : unansweredIn(words, "costs", { code, said });
}
