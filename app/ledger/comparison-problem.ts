import { type CodedProblem, readProblem } from "../wording/coded-problem.ts";

/** Why a comparison with Shopify's orders stopped early. */
const CODES = {
  /** The shop has not granted the app access, or has removed it. */
  "no-access": true,
  /** With Shopify's words. */
  refused: true,
  /** An answer of 403. */
  forbidden: true,
  /** Another status that ends the request; with the status. */
  "request-refused": true,
  unavailable: true,
} as const;
export type ComparisonProblemCode = keyof typeof CODES;

export type ComparisonProblem = CodedProblem<ComparisonProblemCode>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readComparisonProblem = (stored: string): ComparisonProblem | null => readProblem(stored, CODES);
