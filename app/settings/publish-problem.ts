import { type CodedProblem, readProblem, UNANSWERED } from "../wording/coded-problem.ts";

/** Why Shopify did not take a shop's settings. */
const CODES = {
  /** The app was never deployed with its extensions. */
  "no-web-pixel": true,
  "web-pixel-unnamed": true,
  /** The subscription to the customers' metafield; with Shopify's words. */
  metafield: true,
  ...UNANSWERED,
} as const;
export type PublishProblem = CodedProblem<keyof typeof CODES>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readPublishProblem = (stored: string): PublishProblem | null => readProblem(stored, CODES);
