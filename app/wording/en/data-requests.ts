/** The page Data requests: customers who asked for their data. */
export const dataRequests = {
  introduction: "Customers who asked you for their data. Download the file, and give it to the customer.",
  "none.heading": "No customer has asked for their data",
  "none.text":
    "When you request a customer’s data in the Shopify admin, Tandem puts together what it holds of them, usually within a minute. You find the file here for 30 days.",
  requested: "Requested",
  orders: "Orders",
  state: "State",
  left: "Left",
  "left.days": "{days, plural, one {# day} other {# days}}",
  file: "File",
  download: "Download",
  "download.of": "Download the file of request {requestId}",
  "download.not-permitted": "Your role does not allow downloads",
  "download.gone":
    "This file is no longer there: its 30 days are over, or the customer was erased. Reload the page to see what is left.",
  "download.no-answer": "The file could not be downloaded, because Tandem did not answer. Try again in a minute.",
} as const;
