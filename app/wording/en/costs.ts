/** Why Tandem could not read what the shop's items cost. */
export const costs = {
  "no-access": "Shopify has not given Tandem access to the shop. Open the app from the shop’s admin again.",
  "no-scope": "Shopify does not let Tandem read what your products cost: allow it to view products.",
  refused: "Shopify refuses to show what your products cost, and says: “{said}”",
  "refused-silently": "Shopify refuses to show what your products cost, and does not say why.",
  forbidden:
    "Shopify forbids Tandem to read what your products cost: the app lacks a permission, or its server is not on the app’s list of permitted addresses. Ask whoever runs Tandem.",
  "request-refused":
    "Shopify refuses Tandem’s request for the costs (answer {said}). Open the app from the shop’s admin again; if that does not help, ask whoever runs Tandem.",
  unavailable: "Shopify does not answer at the moment. Tandem reads the costs again within the hour.",
} as const;
