/** Where an event came from, which legs an action has, and why a browser left its leg out. */
export const legs = {
  both: "Browser and server",
  browser: "Browser only",
  server: "Server only",
  off: "Not reported",
  agree: "Matched",
  differ: "Legs differ",
  one: "Not complete yet",
  "origin.webhook": "Shopify’s order webhook",
  "origin.collector": "The shopper’s browser",
  "origin.reconciled": "A comparison with Shopify’s orders",
  "origin.test": "The Test page",
  "origin.lead": "Your own system, about a lead",
  "skipped.no-order-id": "Shopify gave the browser no order ID, so only the server reports this purchase.",
  "skipped.manual-payment":
    "The order is paid later (bank transfer, cash on delivery), so the server reports it once it is paid.",
  "skipped.no-currency": "Shopify gave the browser no currency, and Tandem never guesses one.",
  "skipped.unreadable-checkout":
    "Shopify described the checkout in a way that Tandem could not read, so only the server reports it.",
  "skipped.zero-value": "The purchase’s value, as you chose to calculate it, is zero.",
  "skipped.no-pixel": "When the shopper did this, no pixel was connected, or none for this event or country.",
  "skipped.switched-off": "You chose that only the server sends this event.",
  "reached.both": "Matched",
  "reached.differing": "Legs differ",
  "reached.server": "Server only",
  "reached.browser": "Browser only",
  "reached.none": "Neither leg",
} as const;
