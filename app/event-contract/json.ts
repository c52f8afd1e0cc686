/** A JSON object's fields, each still to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object's fields, each still to be checked; null for anything else. */
export const fieldsOf = (value: unknown): Fields | null =>
  // An object that is no array is a record of unknown values: that is all this type claims.
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** The fields of a JSON object's text; null for any other text, never an exception. */
export function fieldsOfText(text: unknown): Fields | null {
  try {
    return typeof text === "string" ? fieldsOf(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}
