import type { ConsentRule, Reason } from "../event-contract/reason.ts";
import type { Verdict } from "../meta/types.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { EventState, Origin } from "../outbox/types.ts";
import type { DeliveryDetail, EventRow } from "../ledger/types.ts";
import type { DataRequestState } from "../privacy/types.ts";
import type { PixelState } from "../settings/types.ts";

/** What merchants read for a state, reason or rule of the ledger. No other file has these texts. */
export type Wording = {
  /** A few words, for a badge. */
  readonly label: string;
  /** One sentence: what it means, and what to do if something has to be done. */
  readonly meaning: string;
  readonly tone?: Tone;
  readonly progress?: "incomplete" | "partiallyComplete" | "complete";
};

export type Tone = "info" | "success" | "warning" | "critical" | "attention";

export const DATA_REQUEST_STATES: Readonly<Record<DataRequestState, Wording>> = {
  "being-assembled": {
    label: "Being put together",
    meaning: "Tandem is putting the file together. Reload this page in a minute.",
    tone: "info",
    progress: "incomplete",
  },
  ready: {
    label: "Ready",
    meaning: "The file is ready. Download it, and give it to the customer.",
    tone: "attention",
    progress: "partiallyComplete",
  },
  downloaded: {
    label: "Downloaded",
    meaning: "You have the file. You can download it again until it is deleted.",
    tone: "success",
    progress: "complete",
  },
};

export const EVENT_STATES = {
  "waiting-for-payment": {
    label: "Waiting for payment",
    meaning:
      "The order is not paid yet. It is sent when Shopify reports the payment, with the time and the items of that moment.",
    tone: "info",
    progress: "incomplete",
  },
  joining: {
    label: "Waiting for the browser",
    meaning:
      "The shopper’s browser may still report this event. If it does not, the event is sent without the browser’s data.",
    tone: "info",
    progress: "incomplete",
  },
  queued: {
    label: "On its way",
    meaning: "The event is ready to be sent to Meta.",
    tone: "info",
    progress: "partiallyComplete",
  },
  delivered: {
    label: "Delivered",
    meaning: "Meta accepted the server’s event.",
    tone: "success",
    progress: "complete",
  },
  withheld: {
    label: "Withheld",
    meaning: "Tandem did not send this event, for the reason shown.",
    tone: "attention",
    progress: "complete",
  },
  refused: {
    label: "Refused",
    meaning: "Meta will not accept this event. Sending it again would not help.",
    tone: "critical",
    progress: "complete",
  },
  expired: {
    label: "Expired",
    meaning: "The event became older than the 7 days Meta accepts before it could be delivered.",
    tone: "warning",
    progress: "complete",
  },
} as const satisfies Record<EventState, Wording>;

/** What an event waits for whose order has to be more than paid, by its reason. */
export const WAITING_FOR = {
  "waiting-for-fulfillment": {
    ...EVENT_STATES["waiting-for-payment"],
    label: "Waiting for delivery",
    meaning:
      "The order is not delivered yet. It is sent when its carrier reports the delivery to Shopify, or when it is fulfilled where no carrier reports, with the time and the items of that moment.",
  },
  "waiting-for-tag": {
    ...EVENT_STATES["waiting-for-payment"],
    label: "Waiting for its tag",
    meaning:
      "The order does not have your tag yet. It is sent when it gets the tag, with the time and the items of that moment.",
  },
} as const satisfies Partial<Record<Reason, Wording>>;

export const BROWSER_LEGS = {
  sent: { label: "Sent", meaning: "The shopper’s browser sent this event to Meta.", tone: "success" },
  skipped: { label: "Left out", meaning: "The browser reported the event to Tandem but did not send it to Meta." },
  unseen: {
    label: "Not seen",
    meaning:
      "No browser has reported this event. That is normal for orders from the admin, a till or a subscription, " +
      "and for shoppers who block tracking.",
  },
} as const satisfies Record<EventRow["browserLeg"], Wording>;

type SkipReason = Extract<BrowserLeg, { sent: false }>["because"];

export const BROWSER_LEG_SKIPPED = {
  "no-order-id": "Shopify gave the browser no order ID, so only the server reports this purchase.",
  "manual-payment":
    "The order is paid later (bank transfer, cash on delivery), so the server reports it once it is paid.",
  "no-currency": "Shopify gave the browser no currency, and Tandem never guesses one.",
  "unreadable-checkout":
    "Shopify described the checkout in a way that Tandem could not read, so only the server reports it.",
  "zero-value": "The purchase’s value, as you chose to calculate it, is zero.",
  "no-pixel": "When the shopper did this, no pixel was connected, or none for this event or country.",
  "switched-off": "You chose that only the server sends this event.",
} as const satisfies Record<SkipReason, string>;

export const ORIGINS = {
  webhook: "Shopify’s order webhook",
  collector: "The shopper’s browser",
  reconciled: "A comparison with Shopify’s orders",
} as const satisfies Record<Origin, string>;

export const DELIVERY_STATES = {
  queued: { label: "On its way", meaning: "The event waits for its turn or for the next attempt.", tone: "info" },
  held: {
    label: "Held",
    meaning: "The pixel is paused or blocked. This event is kept and sent when the pixel works again.",
    tone: "warning",
  },
  delivered: { label: "Delivered", meaning: "Meta accepted the event for this pixel.", tone: "success" },
  withheld: { label: "Withheld", meaning: "Tandem did not send this event, for the reason shown.", tone: "attention" },
  refused: { label: "Refused", meaning: "Meta will not accept this event for this pixel.", tone: "critical" },
  expired: {
    label: "Expired",
    meaning: "The event became older than Meta accepts before it could be delivered.",
    tone: "warning",
  },
} as const satisfies Record<DeliveryDetail["state"], Wording>;

export const VERDICTS = {
  accepted: { label: "Accepted", meaning: "Meta accepted the event.", tone: "success" },
  "try-later": {
    label: "Try later",
    meaning: "Meta could not accept the event at that time. Tandem tries again by itself.",
    tone: "info",
  },
  refused: { label: "Refused", meaning: "Meta will never accept this event.", tone: "critical" },
  blocked: {
    label: "Blocked",
    meaning: "You have to act: every event for this pixel waits until its problem is fixed.",
    tone: "warning",
  },
} as const satisfies Record<Verdict["kind"], Wording>;

export const PIXEL_STATES = {
  active: { label: "Sending", meaning: "Events go to this pixel.", tone: "success" },
  paused: {
    label: "Paused",
    meaning: "You paused this pixel. What happens meanwhile is listed under Events as withheld, and is not sent later.",
  },
  blocked: {
    label: "Blocked by Meta",
    meaning: "Meta does not accept events for this pixel. They are kept, and sent as soon as the problem is fixed.",
    tone: "critical",
  },
} as const satisfies Record<PixelState, Wording>;

export const CONSENT_RULES = {
  "browser-granted": "The visitor’s browser reported that marketing is allowed.",
  "browser-declined": "The visitor’s browser reported that marketing is not allowed.",
  "not-required-in-region": "No answer from a browser, and the buyer’s region does not require one.",
  "required-and-unknown": "The buyer’s region requires consent, and no browser reported any.",
  "no-answer-withheld":
    "No answer from a browser. The buyer’s region does not require one, but you chose to withhold such events there.",
  "region-unknown": "No answer from a browser, and the buyer’s region is unknown.",
  "sale-opt-out": "The visitor opted out of the sale of their data, so Meta must limit its use.",
  "customer-opted-out":
    "Shopify’s customer record says that the customer opted out of the sale of their data, so Meta must limit its use.",
  "opt-out-unknown":
    "Customers of this region may opt out of the sale of their data, and Shopify did not answer whether this one did. To be safe, Meta must limit its use.",
} as const satisfies Record<ConsentRule, string>;

export const CONSENT_DECISIONS = {
  send: { label: "May be sent", meaning: "The event may be sent.", tone: "success" },
  "send-limited": {
    label: "May be sent, limited",
    meaning: "The event may be sent with Meta’s limited data use flag.",
    tone: "info",
  },
  withhold: { label: "Must not be sent", meaning: "The event must not be sent.", tone: "attention" },
} as const satisfies Record<"send" | "send-limited" | "withhold", Wording>;
