/** Meta's first-party cookies, as both legs send them: the browser ID and the click ID. */
export type BrowserIds = { readonly fbp: string | null; readonly fbc: string | null };

// fb.<dots in the cookie's domain>.<epoch ms>.<payload>, and the suffix that Meta's own server libraries append: eight
// characters, or one of six pairs. Meta's script discards a cookie with any other suffix (seen in version 2.9.324).
const COOKIE = /^fb\.\d{1,2}\.\d{13}\.[^.;,\s]+(?:\.(?:[\w-]{8}|A[Qgw]|B[AQg]))?$/;

/** A `_fbp` or `_fbc` value that Meta would accept, or null. */
export const metaCookie = (value: unknown): string | null =>
  typeof value === "string" && value.length < 640 && COOKIE.test(value) ? value : null;
