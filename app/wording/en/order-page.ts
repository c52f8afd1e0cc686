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
    "{count, plural, one {Tandem made one event of this order.} other {Tandem made # events of this order.}} Where the browser sends one too, both have the same event ID, so Meta counts one.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Happened {at}. Value: {amount}.",
  "event.happened": "Happened {at}.",
  "event.page": "{name} on a page of its own",
  "missing.heading": "Tandem has no event of this order",
  "missing.text":
    "It may be from before Tandem was installed, or its events were deleted after their retention time. Tandem compares Shopify’s orders with its own every hour and adds what is missing.",
  "missing.link": "Show all events",
  "now.heading": "What would be sent now",
  "now.text":
    "Tandem reads the order from Shopify as it is now and decides it with today’s settings, pixels and limits, and with what browsers really reported about this order. Looking sends nothing.",
  "now.start": "See what would be sent now",
  "now.restart": "Look again",
  "now.running": "Reading the order from Shopify. This takes a few seconds.",
  "now.none": "Nothing would be sent to Meta.",
  "now.json": "The server’s event for Meta: {name}",
  "now.caveat.no-receipt":
    "Missing: no browser’s report of this checkout is kept. None came, or it is older than 7 days. So Meta’s cookies and the page are not in this event; what Shopify knows of the order is.",
  "now.caveat.receipt-without-person":
    "Missing: when the event was not sent, Tandem removed the cookies, addresses and pages from the browser’s report, and they cannot be brought back.",
  "now.caveat.no-answer-recorded":
    "Missing: no browser’s answer about consent is recorded. Tandem assumes none; your shop’s rule for orders without an answer decides.",
  "now.caveat.late-answer":
    "A browser’s answer about consent came after the decision. It does not change this result; if it was a no, the event is not sent again.",
  "now.no-access":
    "Shopify has not given this app access to the shop’s orders. Open the app from the shop’s admin again.",
  "now.gone":
    "Shopify does not show this order to the app: it was deleted, or it is older than the 60 days that apps may see.",
  "now.unreadable":
    "Shopify’s answer is not an order as Tandem knows them. Try again; if it stays so, send the JSON of this page to your support.",
  "again.may":
    "This event has ended without reaching Meta and may be sent again: Meta cannot count it twice, and it is not too old.",
  "again.send": "Send {name} again",
  "again.running": "Sending again",
  "again.read-only":
    "Your role may not send events again. An owner of the app can change your role on the Access page.",
  "again.done.queued":
    "On its way: a worker sends the event to Meta now. This page shows Meta’s answer when you open it again.",
  "again.done.changed":
    "Not sent again: the event, its customer’s data or its pixels changed in the meantime. Look again.",
  "again.not": "Cannot be sent again. {reason}",
  "again.not.not-recorded":
    "Tandem’s ledger has no such event of this order. Tandem compares Shopify’s orders with its own every hour and adds what is missing.",
  "again.not.under-way": "The event is on its way or waits already. It is sent by itself.",
  "again.not.already-delivered":
    "Meta has accepted this event. Sent again, it would change nothing within 48 hours and count twice after that.",
  "again.not.customer-redacted": "The customer’s data was erased at their request, so nothing may be sent about them.",
  "again.not.no-consent":
    "It was not sent for lack of consent. That holds for good, even if the customer agrees later.",
  "again.not.declined-later":
    "The customer’s browser declined marketing after the event was decided. Tandem sends nothing more about this order.",
  "again.not.waits": "The order does not count yet. It is sent by itself once it does.",
  "again.not.too-old": "Meta takes no event that is older than 7 days, or 62 for a sale in a shop.",
  "again.not.pair-too-old":
    "The browser’s event reached Meta more than 48 hours ago. Meta no longer merges such a pair, so the sale would count twice.",
  "again.not.unclear-answer":
    "Tandem sent it more than 48 hours ago, and Meta’s answer got lost. Meta may have counted it and would no longer recognize it as the same.",
  "again.not.not-sent-now": "With today’s settings and pixels the event would still not be sent, for the reason above.",
  "again.not.pixel-not-active":
    "Every pixel that it would go to is paused or blocked. Mend the pixel under Settings, then send the event again.",
} as const;
