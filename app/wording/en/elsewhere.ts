/**
 * Reasons of events that did not happen on the website: where it happened, then the rule; and of events that may have
 * happened anywhere.
 */
export const elsewhere = {
  physical_store: "A sale at the till has no browser, so there was no cookie banner to answer.",
  system_generated:
    "This happened without the customer at a browser, as a renewal of a subscription does, so there was no cookie banner to answer.",
  phone_call: "An order on the phone has no browser, so there was no cookie banner to answer.",
  other: "An order that your staff or another app entered has no browser, so there was no cookie banner to answer.",
  "consent-required-and-unknown": "The customer’s region requires consent, and Tandem sends nothing without it.",
  "consent-no-answer-withheld": "The region does not require an answer, but you chose not to send events without one.",
  "consent-region-unknown":
    "It names no country either, so it is unknown whether consent is required, and Tandem sends nothing.",
  "no-customer-data":
    "It names neither an e-mail address nor a phone number nor an address: nothing identifies the customer, and Meta refuses such events.",
  "anywhere.consent-required-and-unknown":
    "Usually the customer declined or ignored the cookie banner, or there was none, as at a till, with a subscription’s renewal or an order that your staff entered. The region requires consent, and Tandem got none.",
  "anywhere.consent-no-answer-withheld":
    "Usually the customer ignored the cookie banner or blocks tracking, or there was no banner, as at a till, with a subscription’s renewal or an order that your staff entered. The region does not require an answer, but you chose not to send such events.",
} as const;
