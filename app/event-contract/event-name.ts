/**
 * Events that only the server creates, from orders and from reports about leads; a browser may not report them. All but
 * the first are custom events, and a stage of a lead is sent under the name that its merchant chose for the stage.
 */
export const ORDER_EVENT_NAMES = ["Subscribe", "OrderRefunded", "UpsellPurchase", "LeadStage"] as const;

/** Meta's standard events that Tandem sends, plus custom ones (ViewCategory and most of the server's). Case-sensitive. */
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

/** A custom name that the merchant chose. Only `sentName` (settings) creates one, and it rejects sensitive names. */
export type ChosenName = string & { readonly [customBrand]: "ChosenName" };

/** The event name sent to Meta: the action's own name unless the merchant chose another. */
export type SentName = EventName | ChosenName;

/** Whether a browser may report this event. */
export const isBrowserEventName = (text: unknown): text is EventName =>
  isEventName(text) && !(ORDER_EVENT_NAMES as readonly string[]).includes(text);
