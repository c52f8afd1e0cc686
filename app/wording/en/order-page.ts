/** The page of an order: everything that Tandem made of it. */
export const orderPage = {
  heading: "Order {order}",
  "in-shopify": "Open the order in Shopify",
  copy: "Copy as JSON",
  "copy.details": "Without the customer’s details, for a support request.",
  copied: "Copied",
  "copy.by-hand": "Your browser did not let Tandem copy. Select the text and copy it.",
  summary: "What became of this order",
  "summary.text":
    "{count, plural, one {Tandem made one event of this order.} other {Tandem made # events of this order.}} Each is sent by the browser and by the server under one event ID, so Meta counts one.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Happened {at}. Value: {amount}.",
  "event.happened": "Happened {at}.",
  "event.page": "{name} on a page of its own",
  "missing.heading": "Tandem has no event of this order",
  "missing.text":
    "It may be from before Tandem was installed, or its events were deleted after their retention time. Tandem compares Shopify’s orders with its own every hour and adds what is missing.",
  "missing.link": "Show all events",
} as const;
