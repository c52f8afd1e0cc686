const KEPT = /^(?:fbclid=|utm_)/;
// A campaign parameter or a path segment with an email address in it.
const PERSONAL = /@|%(?:25)*40/;
const FROM_PERSONAL = /\/[^/]*(?:@|%(?:25)*40).*$/;

/**
 * The URL as Meta may see it: no fragment, no credentials, no secrets in the path, and of the query only `fbclid` and
 * `utm_*`, unchanged. Everything else may contain personal data or a secret (email links, checkout keys). Both legs
 * send the result, which ends before white space and whatever is not seen (control characters, marks of the writing
 * direction): browsers encode all of it. Null for anything that is not an http(s) URL.
 */
export function sourceUrl(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > 8192) return null;
  const match = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#@\s\p{C}]+)([^?#\s\p{C}]*)(?:\?([^#\s\p{C}]*))?/iu.exec(raw.trim());
  if (!match) return null;
  const [, scheme = "", host = "", path = "", query = ""] = match;
  return (scheme + host).toLowerCase() + path.replace(SECRETS, "$1").replace(FROM_PERSONAL, "") + keptQuery(query);
}

// fbclid is case-sensitive and must not be decoded and re-encoded, so the query is filtered as text.
function keptQuery(query: string): string {
  const kept = query.split("&").filter((pair) => KEPT.test(pair) && !PERSONAL.test(pair));
  return kept.length > 0 ? `?${kept.join("&")}` : "";
}

// After these segments, the path opens a checkout, an order, an invoice, an account, a cart or a gift card
// (shopify.dev, 2026-11), or it is an app's page under one of Shopify's four proxy prefixes. Such apps choose their own
// paths, which may hold tokens for returns, downloads and subscriptions. A market's language or a shop's number may
// come before them.
const SECRETS =
  /^((?:\/(?:[a-z]{2}(?:-[a-z]{2,4})?|\d+|wallets))*\/(?:checkouts|orders|invoices|account|gift_cards|cart\/c|(?:customer_)?authentication|(?:a|apps|community|tools)\/[^/]+))\/.*$/i;
