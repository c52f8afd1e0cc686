// Imported by the server only, so that it weighs nothing in the browser.

// With the u flag a whole pair is one character, so that \p{Cs} is half a pair.
const UNSTORABLE = /[\0\p{Cs}]/u;
const EVERY_UNSTORABLE = /[\0\p{Cs}]/gu;

/**
 * Whether PostgreSQL can store the text: neither text nor jsonb accepts U+0000 or half a surrogate pair (PostgreSQL 18,
 * "JSON Types"), while JSON allows both.
 */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/**
 * The text with U+FFFD for characters that PostgreSQL cannot store: damage stays visible and creates no other valid
 * name.
 */
export const storableText = (text: string): string => text.replace(EVERY_UNSTORABLE, "\uFFFD");

/** Whether JSON text may contain such characters, which only escapes can. Cheap, because every payload is checked. */
export const mayHoldUnstorable = (json: string): boolean => json.includes("\\u0000") || /\\u[dD][89a-fA-F]/.test(json);
