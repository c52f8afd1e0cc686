/** Why an event was not sent, or not yet: one sentence for merchants for each code that the stations write. */
export const reasons = {
  "waiting-for-payment": "The order is not paid yet, and you chose to count orders when they are paid.",
  "waiting-for-fulfillment":
    "The order is not delivered yet, and you chose to count orders when they are delivered, or fulfilled where no carrier reports.",
  "waiting-for-tag": "The order does not have your tag yet, and you chose to count orders when they get it.",
  "not-paid-in-time":
    "The order was not paid within the days for which orders may wait for their payment. You can change their number under Settings, Orders; it holds for orders that still wait.",
  "not-fulfilled-in-time":
    "The order was not delivered or fulfilled within the days for which orders may wait. You can change their number under Settings, Orders; it holds for orders that still wait.",
  "not-tagged-in-time":
    "The order did not get your tag within the days for which orders may wait. You can change their number under Settings, Orders; it holds for orders that still wait.",
  "test-order":
    "This is a test, and tests are sent under a test event code only. To try it, copy the code from Test events in Meta’s Events Manager, enter it with your pixel under Settings, and place the test order again.",
  "zero-value": "The order’s value, as you chose to calculate it, is zero, and a purchase without value misleads Meta.",
  "cancelled-before-payment": "The order was canceled before it was paid.",
  "cancelled-before-counting": "The order was canceled before it was delivered, fulfilled or tagged, as you chose.",
  "channel-withheld": "Your rule for this sales channel withholds its orders.",
  "tag-withheld": "Your rule for one of the order’s tags withholds it.",
  "gift-cards-only": "The order contains only gift cards, and you chose not to count them as sales.",
  "no-currency": "The event carried no currency, and Tandem never guesses one.",
  "no-value": "Meta refuses a sale without a value.",
  "bad-value": "Its value is not an amount that Meta accepts.",
  "bad-contents": "One of its items lacks a catalog ID or a price that Meta accepts.",
  "no-page-address": "Meta requires the page address of every website event, and this one has none.",
  "unhashed-customer-data": "The customer’s details were not in the form that Meta accepts, so nothing was sent.",
  "in-the-future": "Its time is in the future, and Meta refuses such events.",
  "no-customer-data":
    "Usually the visitor blocks cookies, or the order has neither e-mail nor address: nothing in the event identifies the customer, and Meta refuses such events.",
  bot: "The visitor’s browser identifies itself as a bot, such as a search engine’s or a monitoring service’s.",
  "no-pixel": "No Meta pixel was connected at that time.",
  "no-token": "The connected pixel has no access token. Replace it under Settings.",
  "server-leg-off": "You switched the server leg of this event off.",
  "not-routed": "Every pixel is limited to other countries, sales channels or events.",
  "pixel-paused": "Every connected pixel was paused at that time.",
  "pixel-disconnected": "The pixel was disconnected before Meta accepted the event.",
  paused: "The pixel is paused.",
  blocked: "Meta does not accept events for this pixel at the moment.",
  "app-uninstalled": "The app was uninstalled at that time.",
  "customer-redacted":
    "Shopify asked for the erasure of this customer’s data before the event was sent, so it was not sent. Nothing is left to do.",
  "dedup-window-passed":
    "The server’s event would have arrived more than 48 hours after the browser’s. Meta no longer merges such a pair, so it would have counted twice.",
  "too-old": "The event became older than the 7 days that Meta accepts.",
  "consent-browser-granted": "The visitor’s browser reported that marketing is allowed.",
  "consent-browser-declined": "The visitor’s browser reported that marketing is not allowed.",
  "consent-no-shopper": "There is no shopper: somebody of your shop sent this test from the Test page.",
  "consent-not-required-in-region": "No answer from a browser, and the buyer’s region does not require one.",
  "consent-required-and-unknown":
    "Usually the customer declined or ignored the cookie banner. Their region requires consent, and Tandem got none for this order.",
  "consent-no-answer-withheld":
    "Usually the customer ignored the cookie banner or blocks tracking. Their region does not require an answer, but you chose not to send such events.",
  "consent-region-unknown":
    "Usually the order names no country, as at a till or on the phone, so it is unknown whether consent is required; no browser answered either.",
  "consent-sale-opt-out": "The visitor opted out of the sale of their data, so Meta must limit its use.",
  "consent-customer-opted-out":
    "Shopify’s customer record says that the customer opted out of the sale of their data, so Meta must limit its use.",
  "consent-opt-out-unknown":
    "Customers of this region may opt out of the sale of their data, and Shopify did not answer whether this one did. To be safe, Meta must limit its use.",
  unknown: "No description for this reason yet: {code}.",
} as const;
