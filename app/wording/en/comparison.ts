/** Why the comparison with Shopify's orders stopped early. */
export const comparison = {
  "no-access": "Shopify has not given Tandem access to the shop’s orders. Open the app from the shop’s admin again.",
  refused: "Shopify refuses to show the orders, and says: “{said}”",
  "refused-silently": "Shopify refuses to show the orders, and does not say why.",
  forbidden:
    "Shopify forbids Tandem to read the orders: the app lacks a permission, or its server is not on the app’s list of permitted addresses. Ask whoever runs Tandem.",
  "request-refused":
    "Shopify refuses Tandem’s request (answer {said}). Open the app from the shop’s admin again; if that does not help, ask whoever runs Tandem.",
  unavailable: "Shopify does not answer at the moment.",
} as const;
