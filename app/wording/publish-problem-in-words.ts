import { readPublishProblem } from "../settings/publish-problem.ts";
import { unansweredIn } from "./unanswered-in-words.ts";
import type { Words } from "./words.ts";

/** Why the settings have not reached the storefront, as it is stored. Shopify's own words are quoted, in its language. */
export function publishProblemIn(words: Words, stored: string): string {
  const problem = readPublishProblem(stored);
  if (problem === null) return words.text("publishing.earlier", { said: stored });
  const { code, said } = problem;
  if (code === "no-web-pixel" || code === "web-pixel-unnamed") return words.text(`publishing.${code}`);
  if (code !== "metafield") return unansweredIn(words, "publishing", { code, said });
  return said === null ? words.text("publishing.refused-silently") : words.text("publishing.metafield", { said });
}
