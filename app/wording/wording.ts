import type { ConsentRule } from "../consent/types.ts";
import type { Verdict } from "../meta/types.ts";
import type { BrowserLeg } from "../event-contract/wire.ts";
import type { EventState, Origin } from "../outbox/types.ts";
import type { DeliveryDetail, EventRow } from "../ledger/types.ts";
import type { DestinationState } from "../settings/types.ts";

/** Every state, reason and rule of the ledger in the merchant's words: the only place that knows them. */
export type Wording = {
  /** A few words, for a badge. */
  readonly label: string;
  /** One sentence: what it means, and what to do where there is something to do. */
  readonly meaning: string;
  readonly tone?: Tone;
  readonly progress?: "incomplete" | "partiallyComplete" | "complete";
};

export type Tone = "info" | "success" | "warning" | "critical" | "attention";

export const EVENT_STATES = {
  "waiting-for-payment": {
    label: "Waiting for payment",
    meaning: "The order is not paid yet. It is sent when Shopify reports the payment.",
    tone: "info",
    progress: "incomplete",
  },
  joining: {
    label: "Waiting for the browser",
    meaning: "The shopper’s browser may still report this event. It goes on with what is known when the wait is over.",
    tone: "info",
    progress: "incomplete",
  },
  queued: {
    label: "On its way",
    meaning: "The event is ready and waits for Meta to take it.",
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

export const BROWSER_LEGS = {
  sent: { label: "Sent", meaning: "The shopper’s browser sent this event to Meta.", tone: "success" },
  skipped: { label: "Left out", meaning: "The browser reported the event to Tandem but did not send it to Meta." },
  unseen: {
    label: "Not seen",
    meaning:
      "No browser has reported this event. That is normal for orders made in the admin, at a till or by subscription, " +
      "and for shoppers who block tracking.",
  },
} as const satisfies Record<EventRow["browserLeg"], Wording>;

type SkipReason = Extract<BrowserLeg, { sent: false }>["because"];

export const BROWSER_LEG_SKIPPED = {
  "no-order-id": "Shopify gave the browser no order id, so the server reports this purchase alone.",
  "manual-payment":
    "The order is paid later (bank transfer, cash on delivery), so the server reports it once it is paid.",
  "no-currency": "The browser was not told the currency, and Tandem never guesses one.",
  "unreadable-checkout":
    "Shopify described the checkout in a way that Tandem could not read, so the server reports it alone.",
  "zero-value": "The purchase is worth nothing by the value you chose to report.",
  "no-pixel":
    "No connected pixel took this when the shopper did it: there was none, or none for this event or country.",
  "switched-off": "You chose that the server alone sends this event.",
} as const satisfies Record<SkipReason, string>;

export const ORIGINS = {
  webhook: "Shopify’s order webhook",
  collector: "The shopper’s browser",
  reconciled: "Found again by comparing with Shopify’s orders",
} as const satisfies Record<Origin, string>;

export const DELIVERY_STATES = {
  queued: { label: "On its way", meaning: "Waits for its turn or for the next attempt.", tone: "info" },
  held: {
    label: "Held",
    meaning: "The pixel is paused or blocked. This event is kept and goes out when the pixel works again.",
    tone: "warning",
  },
  delivered: { label: "Delivered", meaning: "Meta accepted the event for this pixel.", tone: "success" },
  withheld: { label: "Withheld", meaning: "Tandem did not send this event, for the reason shown.", tone: "attention" },
  refused: { label: "Refused", meaning: "Meta will not accept this event for this pixel.", tone: "critical" },
  expired: {
    label: "Expired",
    meaning: "Became older than Meta accepts before it could be delivered.",
    tone: "warning",
  },
} as const satisfies Record<DeliveryDetail["state"], Wording>;

export const VERDICTS = {
  accepted: { label: "Accepted", meaning: "Meta took the event.", tone: "success" },
  "try-later": {
    label: "Try later",
    meaning: "Meta has to recover first. Tandem tries again by itself.",
    tone: "info",
  },
  refused: { label: "Refused", meaning: "This event can never pass.", tone: "critical" },
  blocked: {
    label: "Blocked",
    meaning: "You have to act: everything for this pixel waits until its problem is mended.",
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
    meaning: "Meta does not take events for this pixel. They are kept, and go out at once when the problem is mended.",
    tone: "critical",
  },
} as const satisfies Record<DestinationState, Wording>;

export const CONSENT_RULES = {
  "browser-granted": "The visitor’s browser reported that marketing is allowed.",
  "browser-declined": "The visitor’s browser reported that marketing is not allowed.",
  "not-required-in-region": "No answer from a browser, and the buyer’s region does not ask for one.",
  "required-and-unknown": "The buyer’s region asks for consent, and no browser reported any.",
  "no-answer-withheld":
    "No answer from a browser. The buyer’s region does not ask for one, but you chose to withhold such events there.",
  "region-unknown": "No answer from a browser, and the buyer’s region is unknown.",
  "sale-opt-out": "The visitor opted out of the sale of their data, so Meta is told to limit its use.",
  "customer-opted-out":
    "The customer opted out of the sale of their data earlier, as Shopify’s customer record says, so Meta is told to limit its use.",
  "opt-out-unknown":
    "Customers of this region may opt out of the sale of their data, and Shopify did not say whether this one did. Meta is told to limit its use, to be on the safe side.",
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
