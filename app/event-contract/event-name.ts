/** Meta's standard events that Tandem sends, plus the custom event ViewCategory. Case-sensitive. */
export const EVENT_NAMES = [
  "PageView",
  "ViewContent",
  "ViewCategory",
  "Search",
  "AddToCart",
  "InitiateCheckout",
  "AddPaymentInfo",
  "Purchase",
  "Lead",
  "Contact",
  "CompleteRegistration",
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

export const isEventName = (text: unknown): text is EventName =>
  typeof text === "string" && (EVENT_NAMES as readonly string[]).includes(text);

/** True for names that Meta does not know: fbq needs `trackCustom` for them. */
export const isCustomEvent = (name: EventName): boolean => name === "ViewCategory";
