import { type CodedProblem, readProblem, UNANSWERED } from "../wording/coded-problem.ts";

/** Why a comparison with Shopify's orders stopped early. */
const CODES = {
  /** The shop has not granted the app access, or has removed it. */
  "no-access": true,
  ...UNANSWERED,
} as const;
export type ComparisonProblem = CodedProblem<keyof typeof CODES>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readComparisonProblem = (stored: string): ComparisonProblem | null => readProblem(stored, CODES);
