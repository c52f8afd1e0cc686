const KEPT = /^(?:fbclid$|utm_)/;

/**
 * The address as Meta may see it: no fragment, no credentials, and of the query only `fbclid` and `utm_*`, taken as
 * they stand. Everything else may hold a person or a secret (e-mail links, checkout keys). Both legs send the result.
 * Null for anything that is not an http(s) address.
 */
export function sourceUrl(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > 8192) return null;
  const match = /^(https?:\/\/)(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)(?:\?([^#]*))?/i.exec(raw.trim());
  if (!match) return null;
  const [, scheme = "", host = "", path = "", query = ""] = match;
  // fbclid is case-sensitive and must not be decoded and re-encoded, so the query is filtered as text.
  const kept = query.split("&").filter((pair) => KEPT.test(pair.split("=")[0] ?? ""));
  return `${scheme.toLowerCase()}${host.toLowerCase()}${withoutSecrets(path)}${kept.length > 0 ? `?${kept.join("&")}` : ""}`;
}

// Checkout, thank-you and order-status addresses carry a token that opens the order (shopify.dev, 2026-11).
const withoutSecrets = (path: string): string =>
  path.replace(/^(\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?(?:checkouts|\d+\/orders|\d+\/checkouts|orders|account\/orders))\/.*$/i, "$1");
