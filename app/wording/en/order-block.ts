/** What the order block in Shopify's admin says of Meta's last answer, beside the answer itself. */
export const orderBlock = {
  answer: "{sentence} ({facts})",
  "fact.none": "no answer",
  "fact.http": "HTTP {status}",
  "fact.code": "code {code}",
  "fact.trace": "trace ID {traceId}",
} as const;
