import { type CodedProblem, readProblem, UNANSWERED } from "../wording/coded-problem.ts";

/** Why the costs of a shop's items could not be read. */
const CODES = {
  /** The shop has not granted the app access, or has removed it. */
  "no-access": true,
  /** The merchant has not allowed the app to view products. */
  "no-scope": true,
  ...UNANSWERED,
} as const;
export type CostProblem = CodedProblem<keyof typeof CODES>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readCostProblem = (stored: string): CostProblem | null => readProblem(stored, CODES);
