import { type CodedProblem, readProblem } from "../wording/coded-problem.ts";

/** Why the costs of a shop's items could not be read. */
const CODES = {
  /** The shop has not granted the app access, or has removed it. */
  "no-access": true,
  /** The merchant has not allowed the app to view products. */
  "no-scope": true,
  /** With Shopify's words. */
  refused: true,
  /** An answer of 403. */
  forbidden: true,
  /** Another status that ends the request; with the status. */
  "request-refused": true,
  unavailable: true,
} as const;
export type CostProblem = CodedProblem<keyof typeof CODES>;

/** Null for what an earlier version stored, which is a sentence in English. */
export const readCostProblem = (stored: string): CostProblem | null => readProblem(stored, CODES);
