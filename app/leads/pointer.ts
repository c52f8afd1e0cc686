const LONGEST_PART = 100;

/** A place in JSON as a pointer (RFC 6901). */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1").slice(0, LONGEST_PART)}`).join("");
