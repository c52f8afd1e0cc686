import { readPublishProblem } from "../settings/publish-problem.ts";
import type { Words } from "./words.ts";

/** Why the settings have not reached the storefront, as it is stored. Shopify's own words are quoted, in its language. */
export function publishProblemIn(words: Words, stored: string): string {
  const problem = readPublishProblem(stored);
  if (problem === null) return words.text("publishing.earlier", { said: stored });
  const { code, said } = problem;
  // Of an answer without words, an empty quotation says nothing.
  if (said === null) return words.text(hasWords(code) ? "publishing.refused-silently" : `publishing.${code}`);
  return hasWords(code) ? words.text(`publishing.${code}`, { said }) : words.text(`publishing.${code}`);
}

type Quoting = "metafield" | "refused" | "request-refused";
const QUOTING: ReadonlySet<string> = new Set<Quoting>(["metafield", "refused", "request-refused"]);
const hasWords = (code: string): code is Quoting => QUOTING.has(code);
