/** What orders alone tell, on the server: no browser may report these. The last two are custom events. */
export const ORDER_EVENT_NAMES = ["Subscribe", "OrderRefunded", "UpsellPurchase"] as const;

/** Meta's standard events that Tandem sends, plus custom ones (ViewCategory, OrderRefunded, UpsellPurchase). Case-sensitive. */
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
  ...ORDER_EVENT_NAMES,
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

export const isEventName = (text: unknown): text is EventName =>
  typeof text === "string" && (EVENT_NAMES as readonly string[]).includes(text);

declare const customBrand: unique symbol;

/** A name that the merchant chose for an action; only `sentName` (settings) makes one, for it must not say anything sensitive. */
export type ChosenName = string & { readonly [customBrand]: "ChosenName" };

/** What Meta is told: an action goes out under its own name unless the merchant chose another one. */
export type SentName = EventName | ChosenName;

/** True for what a browser may report. */
export const isBrowserEventName = (text: unknown): text is EventName =>
  isEventName(text) && !(ORDER_EVENT_NAMES as readonly string[]).includes(text);
