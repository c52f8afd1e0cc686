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

/** `said`: what Shopify answered, in its own words; null where there are none. */
export type PublishProblem = { readonly code: PublishProblemCode; readonly said: string | null };

/** As it is stored: the code, and after a colon Shopify's words. */
export const storedProblem = ({ code, said }: PublishProblem): string => (said === null ? code : `${code}: ${said}`);

/** Null for what an earlier version stored, which is a sentence in English. */
export function readProblem(stored: string): PublishProblem | null {
  const [, code = "", said = null] = /^([a-z-]+)(?:: ([^]+))?$/.exec(stored) ?? [];
  return isCode(code) ? { code, said } : null;
}

const isCode = (text: string): text is PublishProblemCode => Object.hasOwn(CODES, text);
