import { readCostProblem } from "../costs/cost-problem.ts";
import type { Words } from "./words.ts";

/**
 * Why Tandem could not read what the shop's items cost, as it is stored. Shopify's own words are quoted, in its language;
 * what an earlier version stored stays as it is.
 */
export function costProblemIn(words: Words, stored: string): string {
  const problem = readCostProblem(stored);
  if (problem === null) return stored;
  const { code, said } = problem;
  if (code === "refused" && said !== null) return words.text("costs.refused", { said });
  if (code === "refused") return words.text("costs.refused-silently");
  // This code is stored with the status of Shopify's answer.
  return code === "request-refused" ? words.text(`costs.${code}`, { said: said ?? "?" }) : words.text(`costs.${code}`);
}
