/** The fields of a JSON object, not yet validated. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON object, not yet validated; null for anything else. */
export const fieldsOf = (value: unknown): Fields | null =>
  // An object that is not an array is a record of unknown values, which is all that this type claims.
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** The fields of a JSON object's text; null for any other text. Never throws. */
export function fieldsOfText(text: unknown): Fields | null {
  try {
    return typeof text === "string" ? fieldsOf(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}

/** The field at the end of the path; undefined where the path leaves JSON objects. */
export const fieldAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((within: unknown, key) => fieldsOf(within)?.[key], value);
