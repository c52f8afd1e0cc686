// Imported by the server only, so that it weighs nothing in the browser.

// With the u flag a whole pair is one character, so that \p{Cs} is half a pair.
const UNSTORABLE = /[\0\p{Cs}]/u;
const EVERY_UNSTORABLE = /[\0\p{Cs}]/gu;

/**
 * Whether PostgreSQL can hold the text: neither text nor jsonb takes U+0000 or half a surrogate pair (PostgreSQL 18,
 * "JSON Types"), and JSON takes both.
 */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** The text with U+FFFD for what cannot be held: what was damaged stays visibly so, and becomes no other valid name. */
export const storableText = (text: string): string => text.replace(EVERY_UNSTORABLE, "\uFFFD");

/** Whether a JSON text may hold such text: only an escape can bring it. Cheap, for every payload is asked. */
export const mayHoldUnstorable = (json: string): boolean => json.includes("\\u0000") || /\\u[dD][89a-fA-F]/.test(json);
