const KEPT = /^(?:fbclid=|utm_)/;
// A campaign parameter, or a folder, that somebody filled with an e-mail address.
const PERSONAL = /@|%(?:25)*40/;
const FROM_PERSONAL = /\/[^/]*(?:@|%(?:25)*40).*$/;

/**
 * The address as Meta may see it: no fragment, no credentials, no secrets in the path, and of the query only `fbclid` and `utm_*`, taken as
 * they stand. Everything else may hold a person or a secret (e-mail links, checkout keys). Both legs send the result.
 * Null for anything that is not an http(s) address.
 */
export function sourceUrl(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > 8192) return null;
  const match = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#@\s]+)([^?#]*)(?:\?([^#]*))?/i.exec(raw.trim());
  if (!match) return null;
  const [, scheme = "", host = "", path = "", query = ""] = match;
  return (scheme + host).toLowerCase() + path.replace(SECRETS, "$1").replace(FROM_PERSONAL, "") + keptQuery(query);
}

// fbclid is case-sensitive and must not be decoded and re-encoded, so the query is filtered as text.
function keptQuery(query: string): string {
  const kept = query.split("&").filter((pair) => KEPT.test(pair) && !PERSONAL.test(pair));
  return kept.length > 0 ? `?${kept.join("&")}` : "";
}

// What follows these segments opens a checkout, an order, an invoice, an account, a cart or a gift card (shopify.dev,
// 2026-11), or is a page of an app under one of Shopify's four proxy prefixes, whose addresses are anyone's: returns,
// downloads and subscriptions by a token. A market's language or a shop's number may stand before them.
const SECRETS =
  /^((?:\/(?:[a-z]{2}(?:-[a-z]{2,4})?|\d+|wallets))*\/(?:checkouts|orders|invoices|account|gift_cards|cart\/c|(?:customer_)?authentication|(?:a|apps|community|tools)\/[^/]+))\/.*$/i;
