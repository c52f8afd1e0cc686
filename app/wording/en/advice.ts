/** What Meta’s answers mean for the merchant, as app/meta/verdict-table.ts stores them, but for its straight apostrophes. */
export const advice = {
  reconnect:
    "Create a new one in Events Manager (Data sources, your pixel, Settings, Conversions API, Generate access token) and save it in the settings. Until then events are kept, for up to 7 days after they happened.",
  "log-in":
    "Once they have logged in at facebook.com and done what it asks, Meta accepts the token again: Tandem looks every hour, and Check now in the settings looks at once. If Meta still refuses it:",
  throttled: "Meta is limiting the number of requests. Tandem continues by itself when the limit ends.",
  abuse: "Meta calls this limit a protection against abuse.",
  recovering: "Meta has a temporary problem. Tandem tries again by itself.",
  between:
    "A proxy or a firewall between Tandem and Meta answered instead of Meta. The operator of this app must allow requests to Meta (META_GRAPH_URL). Tandem tries again by itself, for as long as Meta accepts the event.",
  messaging: "Meta treated the event as part of a message thread, and could not match it to a page or an account.",
  "our-request": "Meta could not read the request. This is a fault of the app, not of your settings.",
  policies:
    "Meta has blocked this account for a while because of its policies. Check Account Quality in Meta Business Suite.",
  "token-invalid": "The access token is no longer valid.",
  "token-unreadable": "Meta could not read the access token.",
  "token-app-removed": "The app that created the access token was removed.",
  "token-checkpoint": "The person who created the access token must log in to Facebook and pass a check first.",
  "token-password": "The access token ended because a password was changed.",
  "token-expired": "The access token has expired.",
  "token-unconfirmed": "The person who created the access token has not confirmed their account.",
  "token-withdrawn": "The access token was withdrawn.",
  "no-such-pixel":
    "There is no pixel with this ID, or the access token does not belong to it. Compare the ID with the one in Events Manager.",
  "token-no-events": "The access token may not send events.",
  "token-no-ads": "The access token lacks the permission to manage advertisements.",
  "token-no-permission": "The access token lacks a permission.",
  "old-version":
    "Meta no longer offers the Graph API version that the app uses. The operator of this app must set a newer META_GRAPH_VERSION.",
  "wrong-address":
    "Meta does not know the address that the app sends to. The operator of this app must check META_GRAPH_URL and META_GRAPH_VERSION.",
  "too-old": "The event is older than Meta accepts (7 days, 62 for sales in a physical shop).",
  "in-the-future": "Meta says the event is in the future. The operator of this app must check the server’s clock.",
  "no-content-id": "An item of the event has no catalog ID.",
  "no-value": "The purchase has no value.",
  "no-currency": "The event has a value without a currency.",
  "unknown-lead": "Meta does not know the lead that the event names.",
  "app-data": "Meta could not read the event’s app data.",
  "few-details": "The event has too little customer data for Meta to use it.",
  "bad-content": "Meta reports an error in the event’s content.",
  "too-large": "The event is larger than Meta accepts.",
  "no-answer": "Meta could not be reached. Tandem tries again by itself.",
  "short-count":
    "Meta confirmed fewer events than Tandem sent. Tandem sends them again a few times, with the same event IDs.",
  unrecognized: "Meta gave an answer that Tandem does not recognize yet. Tandem tries again a few times.",
  "check-valid": "Meta knows this pixel, and the access token may send events to it.",
  "check-token":
    "Meta does not accept this access token. Create a new one in Events Manager: Data sources, your pixel, Settings, Conversions API, Generate access token. Copy it whole.",
  "check-pixel":
    "The access token does not belong to a pixel with this ID. The Meta pixel ID is below the pixel’s name in Events Manager, Data sources; create the token on the same pixel’s Settings page.",
  "check-unreachable": "Meta could not be reached, so the pixel and the access token are not checked yet.",
  "check-unclear":
    "Meta’s answer does not confirm the pixel and the access token. Watch the first events in Events Manager, Test events.",
  expired: "Older than Meta accepts (7 days; 62 for sales in a shop).",
  names: "Meta names {parameters}.",
  quoted: "“{said}”",
} as const;
