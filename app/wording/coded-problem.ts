/** A problem that a column keeps: its code, and what Shopify said, in its own words; null where there are none. */
export type CodedProblem<Code extends string> = { readonly code: Code; readonly said: string | null };

/** How any request to Shopify may end without an answer (shopify/admin/why-unanswered.ts). */
export const UNANSWERED = {
  /** With Shopify's words. */
  refused: true,
  /** An answer of 403. */
  forbidden: true,
  /** Another status that ends the request; with the status. */
  "request-refused": true,
  unavailable: true,
} as const;
export type WhyUnanswered = CodedProblem<keyof typeof UNANSWERED>;

/** As it is stored: the code, and after a colon Shopify's words. Of an answer without words, nothing is kept. */
export const storedProblem = ({ code, said }: CodedProblem<string>): string =>
  said === null || said.trim() === "" ? code : `${code}: ${said}`;

/** Null for a code that is not of these, and for what an earlier version stored, which is a sentence in English. */
export function readProblem<Code extends string>(
  stored: string,
  codes: Readonly<Record<Code, unknown>>,
): CodedProblem<Code> | null {
  const [, code = "", said = null] = /^([a-z-]+)(?:: ([^]+))?$/.exec(stored) ?? [];
  // `hasOwn` says that it is one of the keys, which the compiler does not learn from it.
  return Object.hasOwn(codes, code) ? { code: code as Code, said } : null;
}
