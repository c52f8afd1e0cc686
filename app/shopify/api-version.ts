import { ApiVersion } from "@shopify/shopify-api";

/** The app's only version of Shopify's APIs; shopify.app.toml states the same. Supported until 2027-10. */
export const API_VERSION = ApiVersion.October26;
