import { readComparisonProblem } from "../ledger/comparison-problem.ts";
import { unansweredIn } from "./unanswered-in-words.ts";
import type { Words } from "./words.ts";

/**
 * Why the comparison with Shopify's orders stopped early, as it is stored. Shopify's own words are quoted, in its
 * language; what an earlier version stored stays as it is.
 */
export function comparisonProblemIn(words: Words, stored: string): string {
  const problem = readComparisonProblem(stored);
  if (problem === null) return stored;
  const { code, said } = problem;
  return code === "no-access" ? words.text("comparison.no-access") : unansweredIn(words, "comparison", { code, said });
}
