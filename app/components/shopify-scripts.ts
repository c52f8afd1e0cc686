/** Connects the page to the Shopify admin. It must be the page's first script, and come from Shopify's CDN. */
export const APP_BRIDGE_SCRIPT = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

/**
 * Defines the `s-*` elements. This address is the newest stable release of Polaris 1, which Shopify recommends for
 * production (shopify.dev, "Versioning for web components", 2026-11). The app's one place that names it.
 */
export const POLARIS_SCRIPT = "https://cdn.shopify.com/shopifycloud/polaris-1.js";
