/** Why the settings have not reached the storefront. */
export const publishing = {
  "no-web-pixel":
    "At Shopify, this app has no web pixel yet. Whoever runs Tandem has to deploy it once (shopify app deploy).",
  "web-pixel-unnamed": "Shopify took the web pixel, but did not say its ID.",
  metafield: "Shopify does not send the customers’ metafield that your stages name, and says: “{said}”",
  refused: "Shopify refuses them, and says: “{said}”",
  "refused-silently": "Shopify refuses them, and does not say why.",
  forbidden:
    "Shopify forbids Tandem to save them: the app lacks a permission, or its server is not on the app’s list of permitted addresses. Ask whoever runs Tandem.",
  "request-refused":
    "Shopify refuses Tandem’s request (answer {said}). Open the app from the shop’s admin again; if that does not help, ask whoever runs Tandem.",
  unavailable: "Shopify does not answer at the moment. Tandem tries again every minute.",
  earlier: "Shopify did not take them: “{said}”",
} as const;
