/*
 * Where App Bridge and Polaris come from, and whom they talk to: App Bridge's script and its fonts are on Shopify's CDN, and
 * it speaks with the admin and reports to Shopify (shopify.dev, "App Bridge", 2026-11).
 */
const CDN = "https://cdn.shopify.com";
const SHOPIFY = "https://*.shopify.com https://*.myshopify.com";

/**
 * A page's content security policy. `scripts` are the nonce or the hashes of its own inline scripts; whatever else finds
 * its way into the page does not run. Styles stay open: Polaris writes them into attributes.
 */
export const contentPolicy = (scripts: readonly string[], frameAncestors: string): string =>
  [
    "default-src 'none'",
    ["script-src 'self'", CDN, ...scripts.map((source) => `'${source}'`)].join(" "),
    `style-src 'self' 'unsafe-inline' ${CDN}`,
    `img-src 'self' data: ${CDN}`,
    `font-src 'self' ${CDN}`,
    `connect-src 'self' ${SHOPIFY} https://*.shopifysvc.com`,
    `frame-src 'self' ${SHOPIFY}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    // The login form is answered with a redirect to the shop's admin, which counts as its target.
    `form-action 'self' ${SHOPIFY}`,
    frameAncestors,
  ].join("; ");

/** Who may frame the page, as Shopify's library wrote it for the request's shop. A page without a shop is for nobody's frame. */
export const frameAncestorsIn = (headers: Headers): string =>
  /frame-ancestors [^;]+/.exec(headers.get("content-security-policy") ?? "")?.[0] ?? "frame-ancestors 'none'";
