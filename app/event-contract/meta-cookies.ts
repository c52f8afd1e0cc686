/** Meta's first-party cookies as both legs send them: the browser's id and the ad click's id. */
export type BrowserIds = { readonly fbp: string | null; readonly fbc: string | null };

// fb.<dots of the cookie's domain>.<epoch ms>.<payload>, and the appendix that Meta's own server libraries add.
const COOKIE = /^fb\.\d{1,2}\.\d{13}\.[^.;,\s]+(?:\.[A-Za-z0-9_-]{2,8})?$/;

/** A `_fbp` or `_fbc` value that Meta would accept, or null. */
export const metaCookie = (value: unknown): string | null =>
  typeof value === "string" && value.length < 640 && COOKIE.test(value) ? value : null;
