/** Stands in the JSON of the server's leg for a value that Meta requires in clear, and that no page shows. */
export const UNSHOWN = "…";
