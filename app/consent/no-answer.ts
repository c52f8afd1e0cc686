import type { NoAnswerRule } from "./types.ts";

/**
 * Whether the merchant withholds an event from a region such as `US-CA` without a browser's report, even where the
 * shop's privacy settings would allow it. The reverse is impossible: what those settings withhold stays withheld.
 */
export const withholdsUnanswered = (rule: NoAnswerRule, region: string): boolean =>
  typeof rule === "string" ? rule === "everywhere" : rule.includes(region) || rule.includes(region.slice(0, 2));
