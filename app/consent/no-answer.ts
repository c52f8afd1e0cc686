import type { NoAnswerRule } from "./types.ts";

/**
 * Whether the merchant withholds an event of `US-CA` that no browser spoke of, even where the shop's privacy settings
 * would let it go. No choice does the opposite: what those settings withhold stays withheld.
 */
export const withholdsUnanswered = (rule: NoAnswerRule, region: string): boolean =>
  typeof rule === "string" ? rule === "everywhere" : rule.includes(region) || rule.includes(region.slice(0, 2));
