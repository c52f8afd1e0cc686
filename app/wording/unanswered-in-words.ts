import type { WhyUnanswered } from "./coded-problem.ts";
import type { Words } from "./words.ts";

/** Why Shopify did not answer about this. Its own words are quoted, in its language; without any, the quotation goes. */
export function unansweredIn(
  words: Words,
  about: "comparison" | "costs" | "publishing",
  { code, said }: WhyUnanswered,
): string {
  if (code === "forbidden" || code === "unavailable") return words.text(`${about}.${code}`);
  return said === null ? words.text(`${about}.refused-silently`) : words.text(`${about}.${code}`, { said });
}
