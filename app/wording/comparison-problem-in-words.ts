import { readComparisonProblem } from "../ledger/comparison-problem.ts";
import type { Words } from "./words.ts";

/**
 * Why the comparison with Shopify's orders stopped early, as it is stored. Shopify's own words are quoted, in its
 * language; what an earlier version stored stays as it is.
 */
export function comparisonProblemIn(words: Words, stored: string): string {
  const problem = readComparisonProblem(stored);
  if (problem === null) return stored;
  const { code, said } = problem;
  if (code === "refused" && said !== null) return words.text("comparison.refused", { said });
  if (code === "refused") return words.text("comparison.refused-silently");
  // This code is stored with the status of Shopify's answer.
  return code === "request-refused"
    ? words.text(`comparison.${code}`, { said: said ?? "?" })
    : words.text(`comparison.${code}`);
}
