import { APP_BRIDGE_SCRIPT, POLARIS_SCRIPT } from "../../components/shopify-scripts.ts";

/*
 * The sources and connections of App Bridge and Polaris: App Bridge's script and fonts are on Shopify's CDN, and it
 * connects to the admin and reports to Shopify (shopify.dev, "App Bridge", 2026-11). Scripts are named one by one, since the
 * CDN also serves the files that any merchant uploads; Shopify's own library names App Bridge so (shopify_app, pull request
 * 1997, 2025-09).
 */
const CDN = "https://cdn.shopify.com";
const SHOPIFY = "https://*.shopify.com https://*.myshopify.com";

/**
 * A page's content security policy. `scripts` has the nonce or the hashes of its own inline scripts; no other inline
 * script runs. Inline styles are allowed, because Polaris writes them into attributes.
 */
export const contentPolicy = (scripts: readonly string[], frameAncestors: string): string =>
  [
    "default-src 'none'",
    ["script-src 'self'", APP_BRIDGE_SCRIPT, POLARIS_SCRIPT, ...scripts.map((source) => `'${source}'`)].join(" "),
    `style-src 'self' 'unsafe-inline' ${CDN}`,
    `img-src 'self' data: ${CDN}`,
    `font-src 'self' ${CDN}`,
    `connect-src 'self' ${SHOPIFY} https://*.shopifysvc.com`,
    `frame-src 'self' ${SHOPIFY}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    // The login form redirects to the shop's admin, which counts as a form target.
    `form-action 'self' ${SHOPIFY}`,
    frameAncestors,
  ].join("; ");

/**
 * The `frame-ancestors` that Shopify's library set for the request's shop. A page without a shop must not be framed.
 */
export const frameAncestorsIn = (headers: Headers): string =>
  /frame-ancestors [^;]+/.exec(headers.get("content-security-policy") ?? "")?.[0] ?? "frame-ancestors 'none'";
