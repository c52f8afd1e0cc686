import { ApiVersion } from "@shopify/shopify-api";

/** The one version of Shopify's APIs that the app speaks; shopify.app.toml states the same. Supported until 2027-10. */
export const API_VERSION = ApiVersion.October26;
