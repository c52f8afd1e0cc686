/** Pages outside the Shopify admin: the address of the app itself, and the sign-in. */
export const publicPages = {
  twice:
    "Tandem sends what shoppers do in a Shopify store to Meta twice: from the browser (Meta Pixel) and from the server (Conversions API), with the same event ID, so Meta counts one event.",
  shows: "It shows for each event whether both arrived and agree, or why it was not sent. It does not rate ads.",
  open: "Open Tandem in your shop",
  "sign-in": "Open Tandem",
  "sign-in.text": "Tandem runs in the Shopify admin, under Apps. Enter your shop to go there.",
  "sign-in.domain": "Shop domain",
  "sign-in.invalid": "Enter the myshopify.com domain: example.myshopify.com. It is under Settings, Domains.",
  "sign-in.continue": "Continue to Shopify",
} as const;
