import { type CodedProblem, readProblem } from "../wording/coded-problem.ts";

/** Why Shopify did not take a shop's settings. */
const CODES = {
  /** The app was never deployed with its extensions. */
  "no-web-pixel": true,
  "web-pixel-unnamed": true,
  /** The subscription to the customers' metafield; with Shopify's words. */
  metafield: true,
  /** With Shopify's words. */
  refused: true,
  /** An answer of 403. */
  forbidden: true,
  /** Another status that ends the request; with the status. */
  "request-refused": true,
  unavailable: true,
} as const;
export type PublishProblemCode = keyof typeof CODES;

export type PublishProblem = CodedProblem<PublishProblemCode>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readPublishProblem = (stored: string): PublishProblem | null => readProblem(stored, CODES);
